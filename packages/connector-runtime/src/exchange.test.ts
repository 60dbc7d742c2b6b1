import type { EgressRequest } from '@millwright/egress';
import { action, defineConnector, digest, list, page, sigV4, z, type AuthSpec } from '@millwright/node-sdk';
import type { JsonValue } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { createConnectorRuntime } from './create-runtime.ts';
import type { LentCredential } from './lender.ts';

const NOW_MS = Date.UTC(2026, 0, 1);
const credential = { workspaceId: 'ws_1', credentialId: 'cred_1' };
const { signal } = new AbortController();

function connectorOf(auth: AuthSpec) {
  const text = z.string().optional().meta({ title: 'Since' });
  return defineConnector({
    key: 'trial',
    title: 'Trial',
    version: '1.0.0',
    categories: ['x'],
    baseUrl: 'https://api.example.com',
    test: null,
    auth: { only: auth },
    errors: { message: 'body.message' },
    pages: {
      pages: page({
        items: 'body',
        send: 'query.page',
        size: ['query.per', 2],
      }),
    },
    options: {
      things: list({
        request: {
          get: '/things',
          query: { owner: '{{owner}}' },
        },
        items: 'body',
        value: 'id',
        label: 'name',
        detail: 'note',
        pages: 'pages',
      }),
      found: list({
        request: {
          get: '/search',
          query: { q: '{{typed}}' },
        },
        items: 'body.hits',
        value: 'id',
        label: 'name',
        search: 'typed',
      }),
    },
    actions: {
      'thing.list': action({
        title: 'List',
        description: 'Lists.',
        effect: 'read',
        pages: 'pages',
        input: z.strictObject({ since: text }),
        request: {
          get: '/things',
          query: { since: '{{since}}' },
        },
        output: {
          schema: z.object({ id: z.int() }),
          sample: { id: 1 },
        },
        example: {},
      }),
    },
  });
}

function trial(
  auth: AuthSpec,
  answer: (request: EgressRequest, count: number) => { status?: number; headers?: Record<string, string>; body?: JsonValue },
) {
  const sent: EgressRequest[] = [];
  const egress = {
    request: (request: EgressRequest) => {
      sent.push(request);
      const { status = 200, headers = {}, body = [] } = answer(request, sent.length);
      return Promise.resolve({
        status,
        headers: { 'content-type': 'application/json', ...headers },
        body: new TextEncoder().encode(JSON.stringify(body)),
        url: request.url,
      });
    },
  };
  const fields = { username: 'u', password: 'p', accessKeyId: 'AK', secretAccessKey: 's', region: 'eu-central-1' };
  const lent: LentCredential = { credentialId: 'cred_1', type: 'trial.only', auth, fields, hosts: ['api.example.com'], generation: 0 };
  const lender = {
    lend: <T>(_ref: unknown, work: (one: LentCredential) => Promise<T>) => work(lent),
    renew: () => Promise.reject(new Error('cannot be renewed')),
  };
  const runtime = createConnectorRuntime({ egress, lender, clock: { nowMs: () => NOW_MS, monotonicMs: () => 0 } });
  const { connector } = connectorOf(auth);
  const read = () => {
    const found = connector.actions['thing.list'];
    if (found === undefined) throw new Error('no action');
    return runtime
      .forCall({ credential, attempt: 1, beforeSend: () => Promise.resolve() })
      .execute({ connector, actionKey: 'thing.list', action: found, input: {}, maxItems: 10, idempotencyKey: null, nowMs: NOW_MS, signal });
  };
  return { sent, read, runtime, connector };
}

describe('a refusal that can be cured', () => {
  it('a digest challenge is answered, once', async () => {
    const challenge = { 'www-authenticate': 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-256' };
    const { sent, read } = trial(digest(), ({ headers }) =>
      headers?.['authorization'] === undefined ? { status: 401, headers: challenge } : {},
    );
    await read();
    expect(sent.map(({ headers }) => headers?.['authorization']?.slice(0, 21))).toEqual([undefined, 'Digest username="u", ']);
    const wrong = trial(digest(), () => ({ status: 401, headers: challenge }));
    await expect(wrong.read()).rejects.toThrow('cannot be renewed');
    expect(wrong.sent).toHaveLength(2);
  });

  it('a signature that a wrong clock broke is made with the service’s time, and further ones at once', async () => {
    const theirs = new Date(NOW_MS + 3_600_000);
    const isRight = ({ headers }: EgressRequest): boolean => headers?.['x-amz-date']?.startsWith('20260101T01') === true;
    const { sent, read } = trial(sigV4({ service: 's' }), (request) =>
      isRight(request) ? {} : { status: 401, headers: { date: theirs.toUTCString() } },
    );
    await read();
    await read();
    expect(sent.map(isRight)).toEqual([false, true, true]);
  });
});

describe('values for a dropdown', () => {
  const things = [
    { id: 1, name: 'One', note: 'first' },
    { id: 2, name: 'Two' },
  ];

  it('are read over all pages, kept for a while, and filtered by what is typed', async () => {
    const { runtime, connector, sent } = trial(digest(), (_request, count) => ({
      body: count === 1 ? things : [{ id: 3, name: 'Three' }],
    }));
    const load = (search: string, owner = 'ada') =>
      runtime.loadOptions({ connector, name: 'things', credential, parameters: { owner }, search, maxItems: 50, signal });
    expect(await load('')).toEqual([
      { value: '1', label: 'One', detail: 'first' },
      { value: '2', label: 'Two' },
      { value: '3', label: 'Three' },
    ]);
    expect(await load('tw')).toEqual([{ value: '2', label: 'Two' }]);
    expect(sent).toHaveLength(2);
    await load('', 'bob');
    expect(sent[2]?.url).toContain('owner=bob');
  });

  it('are read again on request, and further where more of them are wanted', async () => {
    const { runtime, connector, sent } = trial(digest(), () => ({ body: { hits: things } }));
    const load = (maxItems: number, isFresh = false) =>
      runtime.loadOptions({ connector, name: 'found', credential, parameters: {}, search: 'o', maxItems, isFresh, signal });
    expect(await load(1)).toHaveLength(1);
    expect(await load(2)).toHaveLength(2);
    // Both came with the first answer.
    expect(sent).toHaveLength(1);
    expect(await load(3)).toHaveLength(2);
    expect(sent).toHaveLength(2);
    await load(3);
    expect(sent).toHaveLength(2);
    await load(3, true);
    expect(sent).toHaveLength(3);
  });

  it('are searched for by the service where it can', async () => {
    const { runtime, connector, sent } = trial(digest(), () => ({ body: { hits: things } }));
    expect(await runtime.loadOptions({ connector, name: 'found', credential, parameters: {}, search: 'o', maxItems: 1, signal })).toEqual([
      { value: '1', label: 'One' },
    ]);
    expect(sent[0]?.url).toBe('https://api.example.com/search?q=o');
    await expect(
      runtime.loadOptions({ connector, name: 'none', credential, parameters: {}, search: '', maxItems: 1, signal }),
    ).rejects.toMatchObject({ code: 'options_unknown' });
  });
});

describe('a poll', () => {
  const poll = {
    use: 'thing.list',
    input: { since: '{{cursor}}' },
    every: '5m',
    cursor: { field: 'at', overlap: '60s' },
    dedupe: 'id+at',
  } as const;

  it('starts nothing the first time, then gives what is new, oldest first, and nothing twice', async () => {
    const at = (minute: number): string => new Date(NOW_MS + minute * 60_000).toISOString();
    const lists: JsonValue[][] = [
      [{ id: 1, at: at(1) }],
      [
        { id: 3, at: at(3) },
        { id: 1, at: at(2) },
      ],
      [{ id: 3, at: at(3) }],
    ];
    const isFirstPage = ({ url }: EgressRequest): boolean => new URL(url).searchParams.get('page') === '1';
    const { runtime, connector, sent } = trial(digest(), (request) => ({ body: isFirstPage(request) ? (lists.shift() ?? []) : [] }));
    const ask = (state: Parameters<typeof runtime.poll>[0]['state']) =>
      runtime.poll({ connector, poll, credential, input: {}, state, signal });
    const first = await ask(null);
    expect(first).toMatchObject({ events: [], state: { cursor: at(1) } });
    const second = await ask(first.state);
    expect(second.events.map(({ id }) => id)).toEqual([`1+${at(2)}`, `3+${at(3)}`]);
    expect(new URL(sent.filter(isFirstPage)[1]?.url ?? '').searchParams.get('since')).toBe(at(0));
    expect(second.state.cursor).toBe(at(3));
    expect((await ask(second.state)).events).toEqual([]);
  });
});
