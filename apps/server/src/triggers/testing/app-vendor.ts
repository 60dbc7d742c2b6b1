import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { eventually } from '@millwright/testing';

/** Where `testapp` has its vendor. */
const PORT = 18_471;

/** One thing that happens in an account. */
export interface AppEvent {
  readonly id: string;
  readonly kind: 'message' | 'reaction';
  readonly channel: string;
  /** Default: the delivery's. */
  readonly account?: string;
}

/** How a delivery differs from an honest one. */
export interface AppDeliveryFaults {
  readonly secret?: string;
  readonly agoMs?: number;
}

/** The vendor of `testapp`: a code of its window is the name of an account, and it sends what happens in all of them to one address. */
export interface AppVendor {
  readonly signingSecret: string;
  /** Client ids that came to its token address with a secret. */
  readonly clients: ReadonlySet<string>;
  readonly deliver: (
    url: string,
    of: { readonly account: string; readonly events: readonly AppEvent[] },
    faults?: AppDeliveryFaults,
  ) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

const TOKEN = 'token-of-';

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function clientOf({ headers: { authorization = '' } }: IncomingMessage): string {
  const [id = '', secret = ''] = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString().split(':');
  return secret === '' ? '' : id;
}

/** Starts it at its address, as soon as that is free. */
export async function startAppVendor(): Promise<AppVendor> {
  const clients = new Set<string>();
  const signingSecret = 'signs-events-of-the-app';
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const reply = (value: unknown): unknown => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      if (request.url === '/token') {
        clients.add(clientOf(request));
        return reply({ access_token: `${TOKEN}${new URLSearchParams(body).get('code') ?? ''}`, token_type: 'Bearer' });
      }
      const account = (request.headers.authorization ?? '').replace(`Bearer ${TOKEN}`, '');
      return reply({ id: account, name: account.toUpperCase() });
    });
  });
  await eventually(async () => {
    server.listen(PORT, '127.0.0.1');
    await once(server, 'listening');
    return true;
  });
  return {
    signingSecret,
    clients,
    deliver: async (url, { account, events }, { secret = signingSecret, agoMs = 0 } = {}) => {
      const body = JSON.stringify({ events: events.map((event) => ({ account, ...event })) });
      const time = String(Math.floor((Date.now() - agoMs) / 1000));
      const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
      const headers = { 'content-type': 'application/json', 'x-signature': signature, 'x-time': time };
      return fetch(url, { method: 'POST', headers, body });
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
