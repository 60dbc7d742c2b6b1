import { eventually, startTcpProxy, testCluster, type TcpProxy } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeEditors, edit, type Editor } from './testing/draft-editor.ts';
import { createOwner, startTestServer, visitor, type TestServer, type Visitor } from './testing/test-server.ts';

const PASSWORD = 'correct horse battery staple';

describe('while Postgres is away', () => {
  let proxy: TcpProxy;
  let server: TestServer;
  let owner: Visitor;
  let workflowId: string;
  let editor: Editor;
  beforeAll(async () => {
    proxy = await startTcpProxy(new URL(testCluster().adminUrl).host);
    server = await startTestServer({ temporalReady: () => Promise.reject(new Error('away')) }, proxy.address);
    owner = await createOwner(server);
    workflowId = (await owner.client.workflows.create({ body: { name: 'Kept' } })).id;
    editor = edit(server, owner, workflowId);
    await eventually(() => editor.provider.isSynced);
    proxy.cut();
  });
  afterAll(async () => {
    closeEditors();
    await server.remove();
    await proxy.close();
  });

  it('nothing is answered with a false yes or a fault: 503, when to come back, and nothing of the cause', async () => {
    const headers = { 'content-type': 'application/json', 'x-millwright-csrf': '1' };
    const asks: [string, RequestInit][] = [
      ['/api/v1/workflows', {}],
      ['/api/v1/setup', {}],
      ['/api/v1/session', {}],
      ['/api/v1/session', { method: 'POST', headers, body: JSON.stringify({ email: 'ana@example.com', password: PASSWORD }) }],
      ['/api/v1/workflows', { method: 'POST', headers, body: '{"name":"x"}' }],
    ];
    for (const [path, init] of asks) {
      const response = await owner.fetch(server.url + path, init);
      const body = (await response.json()) as Record<string, unknown>;
      expect({ path, status: response.status, code: body['code'] }).toEqual({ path, status: 503, code: 'database_unavailable' });
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|ECONN/);
    }
  });

  it('readyz names what is away, healthz stays', async () => {
    const response = await fetch(`${server.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'notReady',
      checks: { postgres: 'failing', temporal: 'failing', migrations: 'failing' },
    });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('a draft goes on being edited; afterwards it is stored, though its editor has closed, and nobody is signed out', async () => {
    editor.rename('Typed in the dark');
    await eventually(() => !editor.provider.hasUnsyncedChanges);
    closeEditors();
    proxy.mend();
    const name = async (): Promise<unknown> =>
      (await server.sql(`select document->>'name' as name from drafts where workflow_id = $1`, [workflowId]))[0]?.['name'];
    await eventually(async () => (await name()) === 'Typed in the dark');
    expect(await eventually(() => owner.client.workflows.get({ workflowId }))).toMatchObject({ name: 'Typed in the dark' });
  });
});

describe('too many tries', () => {
  it('of a password are refused by account, with the time to wait', async () => {
    const server = await startTestServer({ rateLimits: { signIn: { burst: 6, perSecond: 0.01 } } });
    await createOwner(server);
    const statuses: unknown[] = [];
    for (let tries = 0; tries < 7; tries++) {
      await visitor(server.url)
        .client.session.create({ body: { email: 'ana@example.com', password: 'wrong password' } })
        .catch((thrown: { status: number }) => statuses.push(thrown.status));
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    await server.remove();
  });
});
