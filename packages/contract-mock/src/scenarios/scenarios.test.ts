import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ContractMock } from '../contract-mock.ts';
import { SAMPLE_API } from '../testing/sample-api.ts';
import { deliveries } from './deliveries.ts';
import { fails, rateLimited } from './failures.ts';
import { pagesOf, type PageKind } from './pages.ts';
import { refreshNeeded } from './refresh.ts';
import { subscriptions } from './subscription.ts';

const ITEMS = 'https://eu.example.com/v1/items';
const GRAPHQL = 'https://eu.example.com/graphql';
const items = [[{ id: 'a' }, { id: 'b' }], [{ id: 'c' }, { id: 'd' }], [{ id: 'e' }]];

/** One address, as GraphQL has it. */
const GRAPHQL_API = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'GraphQL', version: '1' },
  servers: [{ url: 'https://eu.example.com' }],
  paths: {
    '/graphql': {
      post: {
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', required: ['query'], properties: { query: { type: 'string' }, variables: { type: 'object' } } },
            },
          },
        },
        responses: { 200: { description: 'Data', content: { 'application/json': { schema: { type: 'object' } } } } },
      },
    },
  },
});

function ask(mock: ContractMock, url = ITEMS, token = 'old') {
  return mock.request({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
}

const json = (body: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(body));

describe('scenarios', () => {
  it('429 with and without Retry-After, then the description answers again', async () => {
    const mock = new ContractMock(SAMPLE_API);
    mock.play(rateLimited({ retryAfter: 2 }));
    mock.play(rateLimited());
    expect([await ask(mock), await ask(mock), await ask(mock)].map(({ status, headers }) => [status, headers['retry-after']])).toEqual([
      [429, undefined],
      [429, '2'],
      [200, undefined],
    ]);
  });

  it('500 twice, for one operation only', async () => {
    const mock = new ContractMock(SAMPLE_API);
    mock.play(fails({ operation: 'listItems' }));
    expect((await ask(mock, `${ITEMS}/a1`)).status).toBe(200);
    expect([(await ask(mock)).status, (await ask(mock)).status, (await ask(mock)).status]).toEqual([500, 500, 200]);
  });

  it('401 until the token is refreshed at its address', async () => {
    const mock = new ContractMock(SAMPLE_API);
    const refresh = refreshNeeded({ tokenUrl: 'https://login.example.com/token', refreshToken: 'r1', freshToken: 'fresh', rotates: true });
    mock.play(refresh);
    const token = async (refreshToken: string) =>
      json(
        (
          await mock.request({
            method: 'POST',
            url: 'https://login.example.com/token',
            body: `grant_type=refresh_token&refresh_token=${refreshToken}`,
          })
        ).body,
      );
    expect((await ask(mock)).status).toBe(401);
    expect(await token('wrong')).toEqual({ error: 'invalid_grant' });
    expect(await token('r1')).toMatchObject({ access_token: 'fresh-2', refresh_token: 'r1-3' });
    expect((await ask(mock, ITEMS, 'fresh-2')).status).toBe(200);
    expect(await token('r1')).toEqual({ error: 'invalid_grant' });
    refresh.expire();
    expect((await ask(mock, ITEMS, 'fresh-2')).status).toBe(401);
    expect(refresh.refreshes()).toBe(3);
  });

  const kinds: readonly PageKind[] = [
    { kind: 'cursor', items: 'body.data', send: 'query.after', from: 'body.next' },
    { kind: 'nextUrl', items: 'body.data', send: 'query.after', from: 'body.next' },
    { kind: 'link', items: 'body.data', send: 'query.after' },
    { kind: 'keyset', items: 'body.data', send: 'query.after', key: 'id', more: 'body.has_more' },
    { kind: 'offset', items: 'body.data', send: 'query.limit' },
    { kind: 'page', items: 'body.data', send: 'query.limit' },
  ];
  it.each(kinds)('three pages by $kind, each once and in order', async (pages) => {
    const mock = new ContractMock(SAMPLE_API);
    const scenario = pagesOf({ pages, items });
    mock.play(scenario);
    const seen: unknown[] = [];
    let url = ITEMS;
    for (let count = 0; count < 3; count++) {
      const answer = await ask(mock, url);
      const body = json(answer.body) as { data: { id: string }[]; next?: string };
      seen.push(...body.data);
      const next = {
        cursor: body.next,
        nextUrl: body.next,
        link: /<(.*)>/.exec(answer.headers['link'] ?? '')?.[1],
        keyset: body.data.at(-1)?.id,
        offset: seen.length,
        page: count + 2,
      }[pages.kind as 'cursor'];
      url = pages.kind === 'nextUrl' || pages.kind === 'link' ? String(next) : `${ITEMS}?${pages.send?.slice(6) ?? ''}=${String(next)}`;
    }
    expect(seen).toEqual(items.flat());
    expect(scenario.served()).toEqual([0, 1, 2]);
    expect(mock.refused).toEqual([]);
  });

  it('pages of a GraphQL connection go on by its cursor, in variables', async () => {
    const mock = new ContractMock(GRAPHQL_API);
    const pages = { kind: 'relay', items: 'body.data.nodes', pageInfo: 'body.data.pageInfo', variable: 'cursor' } as const;
    const scenario = pagesOf({ pages, items });
    mock.play(scenario);
    const seen: unknown[] = [];
    let cursor: string | null = null;
    for (let hasMore = true; hasMore;) {
      const body = JSON.stringify({ query: 'query ($cursor: String) { items }', variables: cursor === null ? {} : { cursor } });
      const answer = await mock.request({ method: 'POST', url: GRAPHQL, headers: { 'content-type': 'application/json' }, body });
      const { data } = json(answer.body) as { data: { nodes: unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };
      seen.push(...data.nodes);
      ({ hasNextPage: hasMore, endCursor: cursor } = data.pageInfo);
    }
    expect(seen).toEqual(items.flat());
    expect(cursor).toBeNull();
    expect(scenario.served()).toEqual([0, 1, 2]);
    expect(mock.refused).toEqual([]);
  });

  it('pages of a time window follow each other as they are asked for, whatever time is said', async () => {
    const mock = new ContractMock(SAMPLE_API);
    const scenario = pagesOf({ pages: { kind: 'timeWindow', items: 'body.data', from: 'query.after' }, items });
    mock.play(scenario);
    const seen: unknown[] = [];
    for (const after of ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z'])
      seen.push(...(json((await ask(mock, `${ITEMS}?after=${after}`)).body) as { data: unknown[] }).data);
    expect(seen).toEqual(items.flat());
    await ask(mock, `${ITEMS}?after=2026-01-04T00:00:00Z`);
    expect(scenario.served()).toEqual([0, 1, 2, 3]);
  });

  it('a wrong mark, or a page twice, is a refusal', async () => {
    const mock = new ContractMock(SAMPLE_API);
    mock.play(pagesOf({ pages: { kind: 'cursor', items: 'body.data', send: 'query.after', from: 'body.next' }, items: [[1], [2]] }));
    await ask(mock);
    await ask(mock);
    await ask(mock, `${ITEMS}?after=nope`);
    expect(mock.refused.map(({ refusal }) => refusal?.code)).toEqual(['contract_scenario', 'contract_scenario']);
  });

  it('deliveries: only the first of those that are signed with the secret, now, may start something', () => {
    const sign = (body: string, secret: string, atMs: number) => ({
      'x-time': String(atMs),
      'x-signature': createHmac('sha256', secret).update(`${atMs}.${body}`).digest('hex'),
    });
    const made = deliveries({ body: '{"id":"e1"}', nowMs: 1_000_000, sign, secret: 's', maxAgeMs: 300_000 });
    const holds = made.map(
      ({ headers, body }) => sign(new TextDecoder().decode(body), 's', Number(headers['x-time']))['x-signature'] === headers['x-signature'],
    );
    expect(made.map(({ name }, index) => [name, holds[index]])).toEqual([
      ['first', true],
      ['duplicate', true],
      ['forged', false],
      ['altered', false],
      ['unsigned', false],
      ['late', true],
    ]);
    expect(1_000_000 - Number(made[5]?.headers['x-time'])).toBeGreaterThan(300_000);
  });

  it('a subscription that is over is found no more', async () => {
    const mock = new ContractMock(SAMPLE_API);
    const hooks = subscriptions({ create: 'createItem', renew: 'getItem', answer: ({ id }) => ({ id }) });
    mock.play(hooks);
    const made = await mock.request({
      method: 'POST',
      url: ITEMS,
      headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
      body: '{"name":"a","price":1}',
    });
    expect(json(made.body)).toEqual({ id: 'subscription-1' });
    expect((await ask(mock, `${ITEMS}/subscription1`)).status).toBe(404);
    hooks.expire();
    expect(hooks.alive()).toEqual([]);
  });
});
