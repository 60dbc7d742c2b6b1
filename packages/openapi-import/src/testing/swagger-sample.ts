/** A version 2 description in YAML with what is odd about many of them. */
export const SWAGGER_SAMPLE = `
swagger: 2.0
info: { title: Pet Store API, version: 1.0.0 }
host: pets.example.com
basePath: /v2
schemes: [http, https]
consumes: [application/json]
produces: [application/json]
securityDefinitions:
  oauth: { type: oauth2, flow: accessCode, authorizationUrl: 'https://pets.example.com/authorize', tokenUrl: 'https://pets.example.com/token', scopes: { read: Reads pets, write: Writes pets } }
  api_key: { type: apiKey, name: api_key, in: header }
security: [{ oauth: [read] }, { api_key: [] }]
definitions:
  Pet:
    type: object
    required: [name, kind, id]
    properties:
      id: { type: integer, format: int64, readOnly: true }
      name: { type: string, example: Rex }
      kind: { type: string, enum: [cat, dog] }
      owner: { $ref: '#/definitions/Owner' }
      weight: { type: number, minimum: 0, exclusiveMinimum: true }
      born: { type: string, format: date-time, x-nullable: true }
  Owner: { type: object, properties: { email: { type: string, format: email }, pets: { type: array, items: { $ref: '#/definitions/Pet' } } } }
parameters:
  page: { name: page, in: query, type: integer, default: 1 }
  per: { name: per_page, in: query, type: integer, maximum: 50 }
paths:
  /pets:
    get:
      summary: <p>Lists <b>pets</b>.</p>
      tags: [Pets]
      parameters:
        - $ref: '#/parameters/page'
        - $ref: '#/parameters/per'
        - { name: state, in: query, type: array, collectionFormat: multi, items: { type: string, enum: [sold, free] } }
        - { name: 'filter[from]', in: query, type: string, format: date }
      responses: { 200: { description: ok, schema: { type: array, items: { $ref: '#/definitions/Pet' } } }, 400: { description: bad, schema: { type: object, properties: { error: { type: object, properties: { message: { type: string }, code: { type: string } } } } } } }
    post:
      operationId: addPet
      tags: [Pets]
      parameters: [{ name: body, in: body, required: true, schema: { $ref: '#/definitions/Pet' } }, { name: Idempotency-Key, in: header, type: string }]
      responses: { 201: { description: made, schema: { $ref: '#/definitions/Pet' } } }
  /pets/{petId}:
    parameters: [{ name: petId, in: path, required: true, type: integer, format: int64 }]
    get: { tags: [Pets], responses: { 200: { description: ok, schema: { $ref: '#/definitions/Pet' } } } }
    delete: { tags: [Pets], operationId: deletePet, responses: { 204: { description: gone } } }
    put: { tags: [Pets], consumes: [application/x-www-form-urlencoded], parameters: [{ name: name, in: formData, type: string, required: true }, { name: tags, in: formData, type: array, collectionFormat: csv, items: { type: string } }], responses: { default: { description: ok } } }
  /pets/{petId}/photo:
    post: { tags: [Pets], operationId: uploadPhoto, consumes: [multipart/form-data], parameters: [{ name: petId, in: path, required: true, type: integer }, { name: photo, in: formData, type: file, required: true }, { name: caption, in: formData, type: string }], responses: { 200: { description: ok } } }
  /pets/search:
    post: { tags: [Pets], operationId: searchPets, parameters: [{ name: body, in: body, schema: { type: object, properties: { term: { type: string } } } }], responses: { 200: { description: ok, schema: { type: object, properties: { pets: { type: array, items: { $ref: '#/definitions/Pet' } } } } } } }
  /broken:
    get: { tags: [Other], operationId: broken, parameters: [{ $ref: '#/parameters/nowhere' }], responses: { 200: { description: ok } } }
`;
