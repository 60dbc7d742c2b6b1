import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEgress, type Egress, type HostPolicy } from '@millwright/egress';
import { MAX_CLIPBOARD } from '@millwright/workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../../testing/test-server.ts';

const STEP = { id: 'get', name: 'Get', type: 'http.request', version: 1, position: [0, 0] };
const LINE = { from: 'get', to: 'end', label: 'Then' };
const NODES = [STEP, { ...STEP, id: 'end', name: 'End' }];
const WORKFLOW = { format: 'millwright.workflow/1', name: 'Shared', settings: {}, nodes: NODES, edges: [LINE] };

/** What is at each address. */
const PAGES: Readonly<Record<string, string>> = {
  '/workflow.json': JSON.stringify(WORKFLOW),
  '/copied.txt': JSON.stringify({ format: 'millwright.clipboard/1', nodes: NODES, edges: [] }),
  '/page.html': '<!doctype html><title>Sign in</title>',
  '/list.json': '[1, 2, 3]',
  '/newer.json': JSON.stringify({ ...WORKFLOW, format: 'millwright.workflow/2' }),
  '/broken.json': JSON.stringify({ ...WORKFLOW, nodes: [{ id: 'x' }] }),
  '/deep.json': `{"format":"millwright.workflow/1","nodes":[${'['.repeat(100_000)}${']'.repeat(100_000)}]}`,
  '/large.json': JSON.stringify({ ...WORKFLOW, more: 'x'.repeat(MAX_CLIPBOARD) }),
};

let pages: Server;
let origin: string;
let egress: Egress;
const OPEN: HostPolicy = { allow: [], deny: [] };
let policy = OPEN;
let server: TestServer;
let owner: Visitor;

beforeAll(async () => {
  pages = createServer((request, response) => {
    const text = PAGES[request.url ?? ''];
    if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (text === undefined) response.writeHead(404).end();
    else response.end(text);
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  const { port } = pages.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  egress = createEgress({ allow: [`127.0.0.1:${port}`], policyOf: async () => policy });
  server = await startTestServer({ egress });
  owner = await createOwner(server);
});
afterAll(async () => {
  await server?.remove();
  await egress?.close();
  pages?.close();
});

const at = (path: string, by = owner): Promise<unknown> => by.client.workflows.fetch({ body: { url: `${origin}${path}` } });

describe('what is read at an address', () => {
  it('is the steps of a workflow with its lines and what stands at them, and nothing is made of it', async () => {
    expect(await at('/workflow.json')).toMatchObject({
      format: 'millwright.workflow/1',
      nodes: [{ id: 'get', parameters: {} }, { id: 'end' }],
      edges: [{ from: 'get', output: 'main', to: 'end', input: 'main', label: 'Then' }],
      annotations: [],
    });
    expect((await owner.client.workflows.list({})).items).toEqual([]);
  });

  it('may be what was copied in an editor', async () => {
    expect(await at('/copied.txt')).toMatchObject({ format: 'millwright.clipboard/1', nodes: [{ id: 'get' }, { id: 'end' }] });
  });

  it.each([
    ['a page', '/page.html', 422, 'address_no_steps'],
    ['other JSON', '/list.json', 422, 'address_no_steps'],
    ['a newer version', '/newer.json', 422, 'address_newer'],
    ['broken steps', '/broken.json', 422, 'address_invalid'],
    ['steps without a bottom', '/deep.json', 422, 'address_invalid'],
    ['nothing', '/none', 422, 'address_not_found'],
    ['more than a clipboard takes', '/large.json', 502, 'egress_too_large'],
    ['a way to an address that nobody may reach', '/away', 403, 'egress_private_address'],
  ] as const)('is refused in words where it is %s', async (_what, path, status, code) => {
    await expect(at(path)).rejects.toMatchObject({ status, code });
  });

  it.each([
    ['http://10.0.0.1/flow.json', 403],
    ['file:///etc/passwd', 422],
    ['no address', 422],
  ])('is never asked for at %s', async (url, status) => {
    await expect(owner.client.workflows.fetch({ body: { url } })).rejects.toMatchObject({ status });
  });

  it('follows the network rules of the workspace', async () => {
    policy = { allow: [], deny: ['127.0.0.1'] };
    await expect(at('/workflow.json')).rejects.toMatchObject({ code: 'egress_host_denied' });
    policy = OPEN;
    expect(await at('/workflow.json')).toMatchObject({ format: 'millwright.workflow/1' });
  });

  it('is for people who edit workflows', async () => {
    const viewer = await createMember(server, owner, 'viewer');
    await expect(at('/workflow.json', viewer)).rejects.toMatchObject({ status: 403, code: 'permission_missing' });
  });
});
