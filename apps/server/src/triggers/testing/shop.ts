import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a workflow subscribed to. */
export interface ShopSubscription {
  readonly id: string;
  readonly shelf: string;
  readonly url: string;
  readonly secret: string;
}

/** How a delivery differs from an honest one. */
export interface DeliveryFaults {
  readonly secret?: string;
  readonly agoMs?: number;
}

/** A service with shelves: `testconnector` asks it for things, and it delivers them. */
export interface Shop {
  readonly url: string;
  /** Puts things on a shelf. */
  readonly put: (shelf: string, ...ids: readonly string[]) => void;
  /** How often a shelf was asked for. */
  readonly asked: (shelf: string) => number;
  /** How a shelf answers from now on. Default 200. */
  readonly answer: (shelf: string, status: number) => void;
  /** Called when a shelf is asked for, before it is answered. */
  readonly onAsked: (then: (() => Promise<void>) | null) => void;
  /** Subscriptions that it knows. */
  readonly subscriptions: (shelf: string) => readonly ShopSubscription[];
  /** Takes subscriptions to a shelf, or refuses them for good. Default it takes them. */
  readonly refuse: (shelf: string, isRefused: boolean) => void;
  /** Renewals that it granted. */
  readonly renewed: (shelf: string) => number;
  /** Forgets all subscriptions, as they were over. */
  readonly expire: () => void;
  /** Delivers an event to whoever subscribed. */
  readonly deliver: (
    to: ShopSubscription,
    event: { readonly id: string; readonly n: number },
    faults?: DeliveryFaults,
  ) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function deliver(to: ShopSubscription, event: unknown, { secret = to.secret, agoMs = 0 }: DeliveryFaults = {}): Promise<Response> {
  const body = JSON.stringify(event);
  const time = String(Math.floor((Date.now() - agoMs) / 1000));
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-signature': signature, 'x-time': time };
  return fetch(to.url, { method: 'POST', headers, body });
}

/** Starts it on the loopback. */
export async function startShop(): Promise<Shop> {
  const things: { readonly shelf: string; readonly id: string; readonly n: number }[] = [];
  const asked = new Map<string, number>();
  const renewed = new Map<string, number>();
  const subscriptions = new Map<string, ShopSubscription>();
  const statuses = new Map<string, number>();
  const refused = new Set<string>();
  let onAsked: (() => Promise<void>) | null = null;

  const shelf = async (name: string, url: URL, response: ServerResponse): Promise<void> => {
    asked.set(name, (asked.get(name) ?? 0) + 1);
    const since = Number(url.searchParams.get('since') ?? 0);
    const found = things.filter((thing) => thing.shelf === name && thing.n >= since).map(({ id, n }) => ({ id, n }));
    await onAsked?.();
    const status = statuses.get(name) ?? 200;
    reply(response, status, status === 200 ? found : { message: 'not now' });
  };
  const subscribed = async (id: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const known = subscriptions.get(id);
    if (request.method === 'POST') {
      const made: ShopSubscription = { ...(JSON.parse(body) as Omit<ShopSubscription, 'id'>), id: randomUUID() };
      if (refused.has(made.shelf)) return reply(response, 422, { message: 'your address is not reachable over the internet' });
      subscriptions.set(made.id, made);
      reply(response, 200, { id: made.id });
    } else if (known === undefined) reply(response, 404, { message: 'gone' });
    else {
      if (request.method === 'DELETE') subscriptions.delete(id);
      else renewed.set(known.shelf, (renewed.get(known.shelf) ?? 0) + 1);
      reply(response, 200, {});
    }
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, kind, name = ''] = url.pathname.split('/');
    void (kind === 'shelves' ? shelf(name, url, response) : subscribed(name, request, response)).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put: (name, ...ids) => {
      for (const id of ids) things.push({ shelf: name, id, n: things.length + 1 });
    },
    asked: (name) => asked.get(name) ?? 0,
    answer: (name, status) => void statuses.set(name, status),
    onAsked: (then) => void (onAsked = then),
    subscriptions: (name) => [...subscriptions.values()].filter((one) => one.shelf === name),
    refuse: (name, isRefused) => void (isRefused ? refused.add(name) : refused.delete(name)),
    renewed: (name) => renewed.get(name) ?? 0,
    expire: () => subscriptions.clear(),
    deliver,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
