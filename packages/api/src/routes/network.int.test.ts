import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../testing/test-server.ts';

let server: TestServer;
let owner: Visitor;

beforeAll(async () => {
  server = await startTestServer();
  owner = await createOwner(server);
});
afterAll(() => server?.remove());

describe('the network rules of a workspace', () => {
  it('are empty at first, and kept as hosts are compared, each once, with what was before in the audit log', async () => {
    expect(await owner.client.network.getRules({})).toEqual({ allow: [], deny: [] });
    const body = { allow: ['API.example.com', '*.acme.com', 'api.example.com'], deny: ['bücher.example'] };
    const stored = { allow: ['api.example.com', '*.acme.com'], deny: ['xn--bcher-kva.example'] };
    expect(await owner.client.network.putRules({ body })).toEqual(stored);
    expect(await owner.client.network.getRules({})).toEqual(stored);
    const [entry] = await server.sql(`select details from audit_log where action = 'networkRules.set'`);
    expect(entry?.['details']).toMatchObject({ beforeAllow: '', afterAllow: 'api.example.com *.acme.com' });
  });

  it.each(['https://a.com', 'a.com:80', 'a b', '*', '*.com', ''])('%j is no host, and nothing changes', async (host) => {
    const before = await owner.client.network.getRules({});
    await expect(owner.client.network.putRules({ body: { allow: ['ok.com', host], deny: [] } })).rejects.toMatchObject({ status: 422 });
    expect(await owner.client.network.getRules({})).toEqual(before);
  });

  it('are for owners and admins', async () => {
    const editor = await createMember(server, owner, 'editor');
    await expect(editor.client.network.getRules({})).rejects.toMatchObject({ status: 403, code: 'permission_missing' });
  });
});
