import { describe, expect, it } from 'vitest';
import { ApiError, createClient } from './index.ts';

interface Seen {
  readonly url: string;
  readonly init: RequestInit;
}

function fakeServer(answers: readonly Response[]): { readonly seen: Seen[]; readonly fetch: typeof globalThis.fetch } {
  const seen: Seen[] = [];
  const left = [...answers];
  return {
    seen,
    fetch: (input, init) => {
      seen.push({ url: input instanceof Request ? input.url : input.toString(), init: init ?? {} });
      const next = left.shift();
      return next === undefined ? Promise.reject(new TypeError('refused')) : Promise.resolve(next);
    },
  };
}

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

describe('the client', () => {
  it('puts path, query and body where the contract has them', async () => {
    const server = fakeServer([json(200, { items: [], nextCursor: null }), json(201, { version: { id: 'v', number: 1 }, endpoints: [] })]);
    const client = createClient({ baseUrl: 'http://mill', fetch: server.fetch });
    await client.workflows.list({ query: 'a b', limit: 5 });
    await client.workflows.publish({ workflowId: 'wf_1/2', body: { note: 'n' } });
    expect(server.seen.map((call) => `${call.init.method} ${call.url}`)).toEqual([
      'GET http://mill/api/v1/workflows?query=a+b&limit=5',
      'POST http://mill/api/v1/workflows/wf_1%2F2/publish',
    ]);
    expect(server.seen[1]?.init.body).toBe('{"note":"n"}');
  });

  it('marks writes against cross-site forgery and names the revision it changes', async () => {
    const server = fakeServer([json(200, {}), json(200, {})]);
    const client = createClient({ baseUrl: '', fetch: server.fetch });
    await client.session.get();
    await client.drafts.put({ workflowId: 'wf_1', revision: 7, body: { format: 'millwright.workflow/1', name: 'x' } });
    expect(new Headers(server.seen[0]?.init.headers).get('x-millwright-csrf')).toBeNull();
    const headers = new Headers(server.seen[1]?.init.headers);
    expect([headers.get('x-millwright-csrf'), headers.get('if-match')]).toEqual(['1', '"7"']);
  });

  it('sends the key of a write that may be repeated', async () => {
    const server = fakeServer([json(201, {})]);
    await createClient({ fetch: server.fetch }).workflows.create({ body: { name: 'x' } }, { idempotencyKey: 'k1' });
    expect(new Headers(server.seen[0]?.init.headers).get('idempotency-key')).toBe('k1');
  });

  it('throws the problem of an answer that is not 2xx', async () => {
    const problem = {
      type: '/problems/graph_invalid',
      title: 'Invalid',
      status: 422,
      detail: 'Two problems.',
      code: 'graph_invalid',
      problems: [{ code: 'a', level: 'error', text: 't' }],
    };
    const client = createClient({ fetch: fakeServer([json(422, problem)]).fetch });
    const thrown = await client.workflows.publish({ workflowId: 'wf_1' }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ApiError);
    expect(thrown).toMatchObject({ status: 422, code: 'graph_invalid', detail: 'Two problems.', problems: [{ code: 'a' }] });
  });

  it('throws unreachable when no answer comes', async () => {
    const client = createClient({ fetch: fakeServer([]).fetch });
    await expect(client.session.get()).rejects.toMatchObject({ status: 0, code: 'unreachable' });
  });

  it('opens a lost stream again until the server says end', async () => {
    const stream = (text: string): Response => new Response(text, { headers: { 'content-type': 'text/event-stream' } });
    const server = fakeServer([
      stream(':hi\n\nevent: run\ndata: {"n":1}\n\n'),
      stream('event: run\ndata: {"n":2}\n\nevent: end\ndata: {}\n\n'),
    ]);
    const got: unknown[] = [];
    const states: string[] = [];
    await createClient({ fetch: server.fetch }).runs.watch(
      { runId: 'run_1' },
      { on: { run: (data) => got.push(data) }, onState: (state) => states.push(state), signal: new AbortController().signal },
    );
    expect(got).toEqual([{ n: 1 }, { n: 2 }]);
    expect(states).toEqual(['live', 'lost', 'live']);
  });

  it('gives up a stream that is refused', async () => {
    const server = fakeServer([json(401, { code: 'not_signed_in', detail: 'Sign in.' })]);
    const watching = createClient({ fetch: server.fetch }).runs.watchAll(
      {},
      { on: { run: () => undefined }, signal: new AbortController().signal },
    );
    await expect(watching).rejects.toMatchObject({ status: 401, code: 'not_signed_in' });
  });
});
