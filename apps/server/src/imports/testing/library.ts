import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service on this machine, and what it was asked. */
export interface Library {
  readonly origin: string;
  /** `GET /v1/books?q=x`, the oldest first. */
  readonly asked: readonly string[];
  /** The text of a description of it. */
  readonly describe: (of: Description) => string;
  readonly stop: () => Promise<void>;
}

/** What a description of it says. */
export interface Description {
  /** Where it is, below its origin. */
  readonly base?: string;
  readonly paths: Readonly<Record<string, object>>;
  /** Default: an access token. */
  readonly schemes?: Readonly<Record<string, object>>;
}

const TOKEN = { token: { type: 'http', scheme: 'bearer' } };

/** Starts it; it knows every address. */
export async function startLibrary(): Promise<Library> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'b1' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    describe: ({ base = '/v1', paths, schemes = TOKEN }) =>
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Library', version: '1' },
        servers: [{ url: `${origin}${base}` }],
        security: Object.keys(schemes).map((name) => ({ [name]: [] })),
        components: { securitySchemes: schemes },
        paths,
      }),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** One operation that gives a thing by its id. */
export function operation(operationId: string, parameters: readonly string[] = []): object {
  const schema = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
  return {
    tags: ['Books'],
    operationId,
    parameters: parameters.map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
    responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
  };
}
