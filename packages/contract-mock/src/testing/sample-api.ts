/** A small API with one of everything that requests may hold. */
export const SAMPLE_API = `
openapi: 3.1.0
info: { title: Sample, version: '1' }
servers: [{ url: 'https://{region}.example.com/v1', variables: { region: { default: eu } } }]
security: [{ token: [] }, { key: [], app: [] }]
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
    app: { type: apiKey, in: query, name: app_id }
    basic: { type: http, scheme: basic }
  schemas:
    Item:
      type: object
      required: [name, price]
      properties:
        id: { type: string, readOnly: true }
        name: { type: string, minLength: 1, example: Chair }
        price: { type: integer, minimum: 0 }
        note: { type: [string, 'null'] }
        tags: { type: array, items: { type: string }, uniqueItems: true }
        parent: { $ref: '#/components/schemas/Item' }
paths:
  /items:
    get:
      operationId: listItems
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
        - { name: ids, in: query, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: tag, in: query, schema: { type: array, items: { type: string } } }
        - { name: pipes, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string } } }
        - { name: filter, in: query, style: deepObject, schema: { type: object, properties: { from: { type: string, format: date }, state: { enum: [open, closed] } } } }
        - { name: after, in: query, schema: { type: string } }
        - { name: where, in: query, content: { application/json: { schema: { type: object, required: [a], properties: { a: { type: integer } } } } } }
        - { name: session, in: cookie, schema: { type: string } }
      responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { $ref: '#/components/schemas/Item' } }, has_more: { type: boolean }, next: { type: string } } } } } } }
    post:
      operationId: createItem
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } }
      responses: { '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Item' } } } } }
  /items/mine:
    get: { responses: { '204': { description: nothing } } }
  /items/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string, pattern: '^[a-z0-9]+$' } }]
    get: { operationId: getItem, responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Item' }, example: { id: i1, name: Table, price: 3 } } } } } }
    delete: { operationId: deleteItem, security: [{ basic: [] }], responses: { '204': { description: gone } } }
  /charge:
    post:
      operationId: charge
      security: []
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              additionalProperties: false
              required: [amount]
              properties:
                amount: { type: integer }
                card: { type: object, required: [number], properties: { number: { type: string }, exp: { type: integer } } }
                lines: { type: array, items: { type: object, required: [price], properties: { price: { type: integer }, live: { type: boolean } } } }
                meta: { type: object, additionalProperties: { type: string } }
                media: { type: array, items: { type: string } }
      responses: { '200': { description: ok } }
  /upload:
    post:
      operationId: upload
      security: []
      requestBody: { required: true, content: { multipart/form-data: { schema: { type: object, required: [file, size], properties: { file: { type: string, format: binary }, size: { type: integer }, about: { type: object, required: [title], properties: { title: { type: string } } } } } } } }
      responses: { '200': { description: ok } }
  /download:
    post:
      operationId: download
      security: []
      parameters: [{ name: X-Arg, in: header, required: true, content: { application/json: { schema: { type: object, required: [path], properties: { path: { type: string } } } } } }]
      responses: { '200': { description: ok, content: { application/octet-stream: { schema: { type: string, format: binary } } } } }
  /broken:
    post:
      operationId: broken
      security: []
      requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: strange } } } } } }
      responses: { '200': { description: ok } }
`;
