/** Descriptions as people write them, each with what few others have. For tests. */

/** Swagger 2: no schemes, forms with files, lists in every dialect, parameters by reference, old kinds of sign-in, a schema that holds itself. */
const SWAGGER_2 = JSON.stringify({
  swagger: '2.0',
  info: { title: 'Depot', version: 1 },
  host: 'depot.example.com',
  basePath: '/api/',
  consumes: ['application/json'],
  produces: ['application/json'],
  securityDefinitions: {
    query: { type: 'apiKey', in: 'query', name: 'api_key' },
    basic: { type: 'basic' },
    window: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://depot.example.com/oauth/authorize',
      tokenUrl: 'https://depot.example.com/oauth/token',
      scopes: { read: 'Read', write: 'Write' },
    },
    old: { type: 'oauth2', flow: 'implicit', authorizationUrl: 'https://depot.example.com/oauth/authorize', scopes: {} },
  },
  security: [{ query: [] }],
  parameters: {
    page: { name: 'page', in: 'query', type: 'integer', minimum: 1, default: 1 },
    lang: { name: 'Accept-Language', in: 'header', type: 'string' },
  },
  paths: {
    '/boxes': {
      parameters: [{ $ref: '#/parameters/lang' }],
      get: {
        tags: ['Boxes & Co.'],
        parameters: [
          { $ref: '#/parameters/page' },
          { name: 'sizes', in: 'query', type: 'array', items: { type: 'integer' }, collectionFormat: 'multi' },
          { name: 'colours', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'pipes', required: true },
          { name: 'tags', in: 'query', type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
        ],
        responses: { 200: { description: 'ok', schema: { type: 'array', items: { $ref: '#/definitions/Box' } } } },
      },
      post: {
        tags: ['Boxes & Co.'],
        parameters: [{ name: 'box', in: 'body', required: true, schema: { $ref: '#/definitions/Box' } }],
        responses: { 201: { description: 'ok', schema: { $ref: '#/definitions/Box' } }, default: { description: 'no' } },
      },
    },
    '/boxes/{id}/photo': {
      post: {
        summary: '',
        consumes: ['multipart/form-data'],
        parameters: [
          { name: 'id', in: 'path', required: true, type: 'integer', format: 'int64' },
          { name: 'photo', in: 'formData', type: 'file', required: true },
          { name: 'caption', in: 'formData', type: 'string' },
        ],
        responses: { 204: { description: 'ok' } },
      },
      get: {
        produces: ['image/png'],
        parameters: [{ name: 'id', in: 'path', required: true, type: 'integer' }],
        responses: { 200: { description: 'ok', schema: { type: 'file' } } },
      },
    },
    '/login': {
      post: {
        consumes: ['application/x-www-form-urlencoded'],
        security: [{ basic: [] }, { window: ['read'] }],
        parameters: [
          { name: 'remember', in: 'formData', type: 'boolean', default: false },
          { name: 'roles', in: 'formData', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' },
        ],
        responses: { 200: { description: 'ok' } },
      },
    },
  },
  definitions: {
    Box: {
      type: 'object',
      required: ['name'],
      properties: {
        id: { type: 'integer', readOnly: true },
        name: { type: 'string', maxLength: 20 },
        inside: { type: 'array', items: { $ref: '#/definitions/Box' } },
        parent: { $ref: '#/definitions/Box' },
        kind: { type: 'string', enum: ['wood', 'paper', 'wood'] },
        weight: { type: 'number', minimum: 0, exclusiveMinimum: true },
      },
    },
  },
});

/** OpenAPI 3.1 in YAML: no servers, types in lists, constants, tuples, references with words beside them, webhooks, path items by reference. */
const YAML_31 = `
openapi: 3.1.0
info: {title: "Garden — API v2 (β)", version: 2.0.0}
jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema
paths:
  /plants/{plant-id}:
    $ref: '#/components/pathItems/Plant'
  /plants:
    get:
      operationId: plants.list
      parameters:
        - {name: limit, in: query, schema: {type: [integer, 'null'], minimum: 1, maximum: 50}}
        - {name: cursor, in: query, schema: {type: string}}
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema:
                type: object
                properties:
                  items: {type: array, items: {$ref: '#/components/schemas/Plant', description: one of them}}
                  next_cursor: {type: [string, 'null']}
    post:
      operationId: plants.list
      requestBody:
        required: true
        content:
          application/json; charset=utf-8:
            schema: {$ref: '#/components/schemas/Plant'}
            examples: {rose: {value: {name: Rose, kind: plant, at: [1.5, 2]}}}
      responses: {'2XX': {description: ok}}
  /beds/search:
    post:
      summary: Search for beds.
      requestBody:
        content:
          application/json:
            schema:
              oneOf:
                - {type: object, required: [sun], additionalProperties: false, properties: {sun: {type: boolean}}}
                - {type: object, required: [shade], additionalProperties: false, properties: {shade: {const: true}}}
      responses: {default: {description: any}}
webhooks:
  grown: {post: {responses: {'200': {description: ok}}}}
components:
  pathItems:
    Plant:
      parameters:
        - {name: plant-id, in: path, required: true, schema: {type: string, format: uuid}}
      get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Plant'}}}}}}
      patch:
        requestBody:
          content:
            application/merge-patch+json: {schema: {type: object, properties: {name: {type: [string, 'null']}}}}
        responses: {'200': {description: ok}}
      delete: {responses: {'204': {description: gone}}}
  schemas:
    Plant:
      type: object
      required: [name, kind, at]
      unevaluatedProperties: false
      properties:
        name: {type: string, minLength: 1}
        kind: {const: plant}
        at: {type: array, prefixItems: [{type: number}, {type: number}], minItems: 2, maxItems: 2}
        height: {type: number, exclusiveMinimum: 0}
        children: {type: array, items: {$ref: '#/components/schemas/Plant'}}
        notes: {$ref: '#/components/schemas/Notes'}
        planted: {type: string, format: date}
    Notes:
      type: [object, 'null']
      additionalProperties: {type: string}
`;

/** What each operation of the next one wants. */
const WAYS: readonly (readonly [name: string, security: readonly object[]])[] = [
  ['oauth', [{ oauth: ['a', 'b:c'] }]],
  ['key', [{ key: [] }]],
  ['oidc', [{ oidc: [] }]],
  ['bearer', [{ hidden: [] }]],
  ['open', []],
];

/** Every kind of sign-in that OpenAPI has, several flows in one, alternatives, none at all, a server that each customer has differently. */
const SIGN_IN = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Keys', version: '1' },
  servers: [
    {
      url: 'https://{tenant}.keys.example.com:{port}/{version}',
      variables: { tenant: { default: 'demo' }, port: { default: '443', enum: ['443', '8443'] }, version: { default: 'v1' } },
    },
  ],
  security: [{ oauth: ['a'] }, { key: [] }, {}],
  components: {
    securitySchemes: {
      oauth: {
        type: 'oauth2',
        flows: {
          implicit: { authorizationUrl: 'https://keys.example.com/authorize', scopes: {} },
          password: { tokenUrl: 'https://keys.example.com/token', scopes: { a: 'A' } },
          clientCredentials: { tokenUrl: '/token', scopes: { a: 'A' } },
          authorizationCode: {
            authorizationUrl: 'https://keys.example.com/authorize',
            tokenUrl: 'https://keys.example.com/token',
            refreshUrl: '',
            scopes: { a: 'A', 'b:c': 'B' },
          },
        },
      },
      key: { type: 'apiKey', in: 'cookie', name: 'session-key' },
      oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://keys.example.com/.well-known/openid-configuration' },
      digest: { type: 'http', scheme: 'Digest' },
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      certificate: { type: 'mutualTLS' },
      hidden: { $ref: '#/components/securitySchemes/bearer' },
    },
  },
  paths: Object.fromEntries(WAYS.map(([name, security]) => [`/${name}`, { get: { security, responses: { 200: { description: 'ok' } } } }])),
});

const at = (name: string, schema: object, more: object = {}): object => ({ name, in: 'query', schema, ...more });
const list = { type: 'array', items: { type: 'string' } };
const range = { type: 'object', properties: { from: { type: 'string' }, to: { type: 'string' } } };

/** Parameters in every style, and of names that mean something to others. */
const PARAMETERS = JSON.stringify({
  openapi: '3.0.0',
  info: { title: '<b>Odd</b> names', version: '1' },
  servers: [{ url: 'https://odd.example.com/' }],
  paths: {
    '/things/{id}.json': {
      get: {
        operationId: 'get-thing',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          at(
            'filter',
            { type: 'object', properties: { state: { type: 'string', enum: ['on', 'off'] }, range } },
            { style: 'deepObject', explode: true, required: true },
          ),
          at('between', range, { explode: false }),
          at('spread', range),
          at('spaced', list, { style: 'spaceDelimited', explode: false, required: true }),
          at('piped', list, { style: 'pipeDelimited', explode: false }),
          at('joined', list, { explode: false }),
          at('repeated', list, { required: true }),
          { name: 'where', in: 'query', required: true, content: { 'application/json': { schema: range } } },
          at('sort[name]', { type: 'string' }, { required: true }),
          at('$top', { type: 'integer' }),
          at('@type', { type: 'string' }),
          { name: 'X-Ids', in: 'header', schema: list },
          { name: 'theme', in: 'cookie', schema: { type: 'string' } },
          { name: 'Authorization', in: 'header', schema: { type: 'string' } },
          { name: 'Accept', in: 'header', schema: { type: 'string' } },
        ],
        responses: { 200: { description: 'ok' } },
      },
    },
    '/sets/{set}/items{ext}': {
      get: {
        operationId: 'list',
        parameters: [
          { name: 'set', in: 'path', required: true, schema: { type: 'integer', enum: [1, 2, null], nullable: true } },
          { name: 'ext', in: 'path', required: true, schema: { type: 'string', default: '.csv' } },
          ...['maxItems', 'auth', 'idempotencyKey', 'kept', 'cursor', 'constructor', '__proto__', 'a.b', 'émoji 🙂', ''].map((name) =>
            at(name, { type: 'string' }),
          ),
          at('offset', { type: 'integer', default: 'none' }),
          at('limit', { type: 'integer', maximum: 10 }),
        ],
        responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'array', items: {} } } } } },
      },
      head: { responses: { 200: { description: 'ok' } } },
      options: { responses: { 200: { description: 'ok' } } },
    },
  },
});

const json = (schema: object): object => ({ required: true, content: { 'application/json': { schema } } });
const ok = { 200: { description: 'ok' } };

/** Bodies of every kind: forms in forms, parts of JSON, files, plain text, bytes, XML, compositions, and schemas that hold each other. */
const BODIES = JSON.stringify({
  openapi: '3.0.2',
  info: { title: 'Bodies', version: '1' },
  servers: [{ url: '//bodies.example.com/api' }],
  paths: {
    '/parts': {
      post: {
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                required: ['file', 'about'],
                properties: {
                  file: { type: 'string', format: 'binary' },
                  about: { type: 'object', required: ['title'], properties: { title: { type: 'string' } } },
                  files: { type: 'array', items: { type: 'string', format: 'binary' } },
                },
              },
              encoding: { about: { contentType: 'application/json' } },
            },
          },
        },
        responses: ok,
      },
    },
    '/form': {
      post: {
        requestBody: {
          required: true,
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                required: ['amount'],
                properties: {
                  amount: { type: 'integer', minimum: 1 },
                  meta: { type: 'object', additionalProperties: { type: 'string' } },
                  lines: list,
                },
              },
              encoding: { meta: { style: 'deepObject', explode: true } },
            },
          },
        },
        responses: ok,
      },
    },
    '/bytes': {
      put: {
        requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
        responses: ok,
      },
    },
    '/text': { post: { requestBody: { required: true, content: { 'text/plain': { schema: { type: 'string' } } } }, responses: ok } },
    '/list': { post: { requestBody: json({ type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Person' } }), responses: ok } },
    '/any': { post: { requestBody: json({}), responses: ok } },
    '/person': {
      put: {
        requestBody: json({
          allOf: [
            { $ref: '#/components/schemas/Person' },
            { type: 'object', required: ['team'], properties: { team: { $ref: '#/components/schemas/Team' } } },
          ],
        }),
        responses: ok,
      },
      delete: {
        requestBody: json({ type: 'object', required: ['why'], properties: { why: { type: 'string' } } }),
        responses: { 204: { description: 'gone' } },
      },
    },
    '/animal': { post: { requestBody: json({ $ref: '#/components/schemas/Animal' }), responses: ok } },
    '/broken': { post: { requestBody: json({ $ref: '#/components/schemas/NotThere' }), responses: ok } },
  },
  components: {
    schemas: {
      Person: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          team: { $ref: '#/components/schemas/Team' },
          friends: { type: 'array', items: { $ref: '#/components/schemas/Person' } },
        },
      },
      Team: {
        type: 'object',
        required: ['lead'],
        properties: { lead: { $ref: '#/components/schemas/Person' }, parent: { $ref: '#/components/schemas/Team' } },
      },
      Animal: {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } },
      },
      Cat: {
        type: 'object',
        required: ['kind', 'lives'],
        properties: { kind: { type: 'string', enum: ['cat'] }, lives: { type: 'integer', maximum: 9 } },
      },
      Dog: { type: 'object', required: ['kind', 'tricks'], properties: { kind: { type: 'string', enum: ['dog'] }, tricks: list } },
    },
  },
});

/** By what is odd about each; how many operations cannot become actions. */
export const ODD_DESCRIPTIONS: Readonly<Record<string, { readonly text: string; readonly leftOut: number }>> = {
  'Swagger 2': { text: SWAGGER_2, leftOut: 0 },
  'OpenAPI 3.1 in YAML, without servers': { text: YAML_31, leftOut: 0 },
  'every kind of sign-in': { text: SIGN_IN, leftOut: 0 },
  'parameters in every style': { text: PARAMETERS, leftOut: 1 },
  'bodies of every kind': { text: BODIES, leftOut: 1 },
};
