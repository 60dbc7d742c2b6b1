import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOwner, startProduct, type Product, type SignedIn } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DESCRIPTION = {
  openapi: '3.1.0',
  info: { title: 'Shop API', version: '1' },
  servers: [{ url: '/v1' }],
  security: [{ token: [] }],
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/things/{id}': {
      get: {
        tags: ['Things'],
        summary: 'Get a thing',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', example: 't1' } }],
        responses: {
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { type: 'object', properties: { id: { type: 'string' } } } } },
          },
        },
      },
    },
    '/orders': { post: { tags: ['Orders'], summary: 'Create an order', responses: { 201: { description: 'ok' } } } },
  },
};

let product: Product;
let owner: SignedIn;
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/openapi.json') response.end(JSON.stringify(DESCRIPTION));
    else if (request.url === '/away') response.writeHead(302, { location: 'http://10.0.0.1:8081/' }).end();
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: `127.0.0.1:${port}` } });
  owner = await createOwner(product);
});
afterAll(async () => {
  await product?.remove();
  server?.close();
});

async function refusal(body: Parameters<SignedIn['client']['connectors']['import']>[0]['body']): Promise<unknown> {
  return owner.client.connectors.import({ body }).catch((thrown: unknown) => thrown);
}

describe('importing a description', () => {
  it('by its address gives actions, sign-in and the package that holds them; relative servers are below where it was found', async () => {
    const made = await owner.client.connectors.import({ body: { url: `${origin}/openapi.json`, key: 'shop' } });
    expect(made).toMatchObject({ key: 'shop', baseUrl: `${origin.replace('http:', 'https:')}/v1`, skipped: [] });
    expect(made.actions.map(({ operation, isWrite }) => [operation, isWrite])).toEqual([
      ['GET /things/{id}', false],
      ['POST /orders', true],
    ]);
    expect(made.auth).toHaveLength(1);
    const paths = made.files.map(({ path }) => path);
    expect(paths).toContain('package.json');
    expect(paths.filter((path) => path.startsWith('src/actions/'))).toHaveLength(2);
  });

  it('by its text, only the tags that are asked for', async () => {
    const made = await owner.client.connectors.import({
      body: { text: JSON.stringify({ ...DESCRIPTION, servers: [{ url: 'https://api.example.com/v1' }] }), only: ['Orders'] },
    });
    expect(made.actions.map(({ operation }) => operation)).toEqual(['POST /orders']);
  });

  it.each([
    ['an address that nobody may reach', { url: 'http://127.0.0.1:8081/openapi.json' }, 'egress_private_address'],
    ['metadata of a cloud', { url: 'http://169.254.169.254/latest' }, 'egress_private_address'],
    ['a redirect to one', '/away', 'egress_private_address'],
    ['a file that is not there', '/none.json', 'description_not_found'],
    ['a text that is no description', { text: '<html>' }, 'description_'],
    ['an alias that grows without end', { text: bomb() }, 'description_'],
  ])('%s is refused in clear words, and the server goes on', async (_what, given, code) => {
    const problem = await refusal(typeof given === 'string' ? { url: `${origin}${given}` } : given);
    expect(JSON.stringify(problem)).toContain(code);
    expect((await owner.client.connectors.list({})).items.length).toBeGreaterThan(0);
  });
});

/** Ten levels of ten aliases each. */
function bomb(): string {
  const levels = Array.from(
    { length: 10 },
    (_, level) => `l${level}: &l${level} [${Array.from({ length: 10 }, () => (level === 0 ? '1' : `*l${level - 1}`)).join(', ')}]`,
  );
  return `openapi: 3.1.0\n${levels.join('\n')}\n`;
}
