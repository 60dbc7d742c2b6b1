import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOwner, startTestServer, type TestServer, type Visitor } from '../testing/test-server.ts';

describe('an Idempotency-Key', () => {
  let server: TestServer;
  let owner: Visitor;
  beforeAll(async () => {
    server = await startTestServer();
    owner = await createOwner(server);
  });
  afterAll(() => server.remove());

  const post = async (
    path: string,
    key: string,
    body: unknown,
  ): Promise<{ status: number; body: Record<string, unknown>; replayed: boolean }> => {
    const headers = { 'content-type': 'application/json', 'x-millwright-csrf': '1', 'idempotency-key': key };
    const response = await owner.fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return {
      status: response.status,
      body: (await response.json()) as Record<string, unknown>,
      replayed: response.headers.has('idempotency-replayed'),
    };
  };
  const countNamed = async (name: string): Promise<unknown> =>
    (await server.sql('select count(*)::int as n from workflows where name = $1', [name]))[0]?.['n'];

  it('makes a repeated POST one, with the same answer', async () => {
    const first = await post('/api/v1/workflows', 'k1', { name: 'Once' });
    const second = await post('/api/v1/workflows', 'k1', { name: 'Once' });
    expect(first).toMatchObject({ status: 201, replayed: false });
    expect(second).toEqual({ ...first, replayed: true });
    expect(await countNamed('Once')).toBe(1);
    expect((await post('/api/v1/workflows', 'k2', { name: 'Once' })).body['id']).not.toBe(first.body['id']);
  });

  it('makes POSTs side by side one', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => post('/api/v1/workflows', 'k3', { name: 'Side by side' })));
    expect(await countNamed('Side by side')).toBe(1);
    expect(new Set(answers.map((answer) => answer.body['id'] ?? answer.body['code']))).toEqual(
      new Set(
        [...new Set(answers.flatMap((answer) => (answer.status === 201 ? [answer.body['id']] : [])))].concat(
          answers.some((answer) => answer.status === 409) ? ['idempotency_unsettled'] : [],
        ),
      ),
    );
  });

  it('is refused for another request, and when it is no key', async () => {
    await post('/api/v1/workflows', 'k4', { name: 'A' });
    expect(await post('/api/v1/workflows', 'k4', { name: 'B' })).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(await post('/api/v1/workflows', 'with space', { name: 'B' })).toMatchObject({
      status: 400,
      body: { code: 'idempotency_key_malformed' },
    });
  });

  it('is free again when the request was refused', async () => {
    expect(await post('/api/v1/workflows', 'k5', { name: 'T', template: 'nope' })).toMatchObject({
      status: 422,
      body: { code: 'template_unknown' },
    });
    expect(await post('/api/v1/workflows', 'k5', { name: 'T', template: 'lead-intake' })).toMatchObject({ status: 201 });
  });

  it('never keeps a secret: an invitation is made once, its link shown once', async () => {
    const body = { email: 'eva@example.com', role: 'editor' };
    expect(await post('/api/v1/invitations', 'k6', body)).toMatchObject({
      status: 201,
      body: { link: expect.stringContaining('/invite/') },
    });
    expect(await post('/api/v1/invitations', 'k6', body)).toMatchObject({ status: 409, body: { code: 'idempotency_unsettled' } });
    expect(await server.sql('select answer from idempotent_answers where answer::text like $1', ['%/invite/%'])).toEqual([]);
    expect((await owner.client.invitations.list()).items).toHaveLength(1);
  });

  it('gives a run started by hand the same id, so that the second start is a duplicate', async () => {
    const { id } = await owner.client.workflows.create({ body: { name: 'By hand' } });
    const { document, revision } = await owner.client.drafts.get({ workflowId: id });
    const nodes = [{ id: 'start', name: 'Start', type: 'core.manual', version: 1, position: [0, 0] as [number, number] }];
    await owner.client.drafts.put({ workflowId: id, revision, body: { ...document, nodes } });
    await owner.client.workflows.publish({ workflowId: id });
    const [first, second] = await Promise.all([
      post(`/api/v1/workflows/${id}/runs`, 'k7', {}),
      post(`/api/v1/workflows/${id}/runs`, 'k7', {}),
    ]);
    expect(second.body).toEqual(first.body);
    expect(new Set(server.started.map((start) => start.runId)).size).toBe(1);
  });
});
