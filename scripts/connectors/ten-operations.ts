/** A service with ten operations, as a vendor describes one. For tests of `new:node` and `dev`. */

const book = {
  type: 'object',
  required: ['id', 'title'],
  properties: {
    id: { type: 'string', example: 'b1' },
    title: { type: 'string', example: 'Emma' },
    year: { type: 'integer', example: 1815 },
    state: { type: 'string', enum: ['in', 'out'], example: 'in' },
  },
};
const draft = {
  type: 'object',
  required: ['title'],
  additionalProperties: false,
  properties: { title: { type: 'string', example: 'Emma' }, year: { type: 'integer', example: 1815 } },
};
const member = {
  type: 'object',
  required: ['id', 'email'],
  properties: { id: { type: 'string', example: 'm1' }, email: { type: 'string', example: 'ada@example.com' } },
};
const json = (schema: object): object => ({ 'application/json': { schema } });
const ok = (schema: object): object => ({ 200: { description: 'ok', content: json(schema) } });
const gone = { 204: { description: 'gone' } };
const list = (schema: object): object => ({
  type: 'object',
  properties: { data: { type: 'array', items: schema }, next: { type: 'string' } },
});
const id = (name: string, example: string): object => ({ name, in: 'path', required: true, schema: { type: 'string', example } });
const cursor = { name: 'cursor', in: 'query', schema: { type: 'string' } };
const body = (schema: object): object => ({ requestBody: { required: true, content: json(schema) } });

/** The description, as JSON. */
export const TEN_OPERATIONS: string = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Library', version: '1.2' },
  servers: [{ url: 'https://api.library.example/v1' }],
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/books': {
      get: { tags: ['Books'], operationId: 'listBooks', summary: 'List books', parameters: [cursor], responses: ok(list(book)) },
      post: { tags: ['Books'], operationId: 'createBook', summary: 'Add a book', ...body(draft), responses: ok(book) },
    },
    '/books/{bookId}': {
      parameters: [id('bookId', 'b1')],
      get: { tags: ['Books'], operationId: 'getBook', summary: 'Get a book', responses: ok(book) },
      put: { tags: ['Books'], operationId: 'updateBook', summary: 'Change a book', ...body(draft), responses: ok(book) },
      delete: { tags: ['Books'], operationId: 'deleteBook', summary: 'Remove a book', responses: gone },
    },
    '/books/{bookId}/loans': {
      parameters: [id('bookId', 'b1')],
      post: {
        tags: ['Loans'],
        operationId: 'createLoan',
        summary: 'Lend a book',
        ...body({ type: 'object', required: ['memberId'], properties: { memberId: { type: 'string', example: 'm1' } } }),
        responses: ok(book),
      },
      delete: { tags: ['Loans'], operationId: 'endLoan', summary: 'Take a book back', responses: gone },
    },
    '/members': {
      get: { tags: ['Members'], operationId: 'listMembers', summary: 'List members', parameters: [cursor], responses: ok(list(member)) },
      post: {
        tags: ['Members'],
        operationId: 'createMember',
        summary: 'Add a member',
        ...body({ type: 'object', required: ['email'], properties: { email: { type: 'string', example: 'ada@example.com' } } }),
        responses: ok(member),
      },
    },
    '/members/{memberId}': {
      parameters: [id('memberId', 'm1')],
      get: { tags: ['Members'], operationId: 'getMember', summary: 'Get a member', responses: ok(member) },
    },
  },
});
