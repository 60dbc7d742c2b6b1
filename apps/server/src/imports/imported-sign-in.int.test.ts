import {
  createOwner,
  eventually,
  HOOK_NOW,
  makeCertificate,
  queryRows,
  runEnded,
  sketchDocument,
  startDigestServer,
  startProduct,
  type DigestServer,
  type Product,
  type SignedIn,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCertifiedService, type CertifiedService } from './testing/certified-service.ts';
import { operation } from './testing/library.ts';

const own = makeCertificate('127.0.0.1');
const [ada, bob] = [makeCertificate('ada', 90), makeCertificate('bob', 90)];

let product: Product;
let owner: SignedIn;
let digest: DigestServer;
let certified: CertifiedService;

beforeAll(async () => {
  digest = await startDigestServer({ username: 'ada', password: 'canary-of-digest', usesPerNonce: 3 });
  certified = await startCertifiedService(own, [ada]);
  product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32', MILLWRIGHT_LOG_LEVEL: 'debug' } });
  owner = await createOwner(product);
});
afterAll(async () => {
  await product?.remove();
  await digest?.stop();
  await certified?.stop();
});

/** Adds a connector of a description with one way to sign in. @returns the kind of its connections */
async function add(title: string, origin: string, scheme: object): Promise<string> {
  const text = JSON.stringify({
    openapi: '3.1.0',
    info: { title, version: '1' },
    servers: [{ url: origin }],
    security: [{ login: [] }],
    components: { securitySchemes: { login: scheme } },
    paths: { '/books': { get: operation('findBooks') } },
  });
  const { digest: read, skipped, notes } = await owner.client.connectors.import({ body: { text } });
  expect([skipped, notes]).toEqual([[], []]);
  await owner.client.connectors.add({ body: { text, title, operations: ['GET /books'], digest: read } });
  return `imported${title.toLowerCase()}.login`;
}

function connect(type: string, fields: Readonly<Record<string, string>>, hosts?: readonly string[]) {
  const body = { type, name: `${type} ${Math.random()}`, fields, ...(hosts === undefined ? {} : { hosts: [...hosts] }) };
  return owner.client.credentials.create({ body });
}

/** Publishes a workflow with one step that signs in. @returns the address that starts it */
async function publish(type: string, version: number, with_: { readonly auth: string; readonly parameters?: object }): Promise<string> {
  const { id: workflowId } = await owner.client.workflows.create({ body: { name: `${type} ${with_.auth}` } });
  const { revision } = await owner.client.drafts.get({ workflowId });
  const document = sketchDocument('W', [HOOK_NOW, ['ask', type, { ...with_.parameters }]], ['hook -> ask']);
  const nodes = document.nodes.map((node) => (node.id === 'ask' ? { ...node, version, credentials: { auth: with_.auth } } : node));
  await owner.client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
  const { endpoints } = await owner.client.workflows.publish({ workflowId, body: {} });
  return endpoints[0]?.url ?? '';
}

async function start(url: string): Promise<string> {
  return ((await (await fetch(url, { method: 'POST' })).json()) as { readonly runId: string }).runId;
}

function certificateFields({ cert, key }: { readonly cert: string; readonly key: string }) {
  return { certificate: cert, privateKey: key, ca: own.cert };
}

describe('a connector of a description that signs in by digest', () => {
  it('is connected, tested and run against a server that checks each digest, old nonces and all', async () => {
    const type = await add('Digest', digest.origin, { type: 'http', scheme: 'digest' });
    const wrong = await connect(type, { username: 'ada', password: 'wrong' });
    expect((await owner.client.credentials.test({ credentialId: wrong.id })).health).toMatchObject({ status: 'needsReconnect' });
    const { id } = await connect(type, { username: 'ada', password: 'canary-of-digest' });
    expect((await owner.client.credentials.test({ credentialId: id })).health).toMatchObject({ status: 'working' });
    const url = await publish('importeddigest.books.findBooks', 1, { auth: id });
    for (const _ of [1, 2, 3, 4]) expect(await runEnded(owner, await start(url), 60_000)).toMatchObject({ status: 'succeeded' });
    expect(digest.seen.filter((one) => one === 'in').length).toBeGreaterThanOrEqual(5);
    expect(digest.seen).toContain('stale');
  });
});

describe('a connector of a description that wants a client certificate', () => {
  let type = '';
  let auth = '';
  let url = '';

  it('a key of another certificate and one that has run out are told at once, with the field, and stored nowhere', async () => {
    type = await add('Certified', certified.origin, { type: 'mutualTLS' });
    const refusal = (fields: Readonly<Record<string, string>>) => connect(type, fields).catch((thrown: unknown) => thrown);
    expect(await refusal({ ...certificateFields(ada), privateKey: bob.key })).toMatchObject({
      status: 422,
      code: 'client_certificate_key_other',
    });
    const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
    expect(await refusal(certificateFields(makeCertificate('ada', -2)))).toMatchObject({
      status: 422,
      code: 'client_certificate_expired',
      detail: `The client certificate ran out on ${day}.`,
    });
    expect(await queryRows(product.databaseUrl, 'select id from credentials where type = $1', [type])).toEqual([]);
  });

  it('shows it to the service, says when it ends, and shows nobody its parts', async () => {
    const made = await connect(type, certificateFields(ada));
    auth = made.id;
    expect(made.fields).toEqual({});
    const ends = Date.parse(made.expiresAt ?? '') - Date.now();
    expect(Math.round(ends / 86_400_000)).toBe(90);
    expect((await owner.client.credentials.test({ credentialId: auth })).health).toMatchObject({ status: 'working' });
    url = await publish('importedcertified.books.findBooks', 1, { auth });
    expect(await runEnded(owner, await start(url), 60_000)).toMatchObject({ status: 'succeeded' });
    expect(certified.callers.length).toBeGreaterThanOrEqual(2);
    expect(new Set(certified.callers)).toEqual(new Set(['ada']));
  });

  it('the HTTP request step shows one too, to the hosts that the connection names', async () => {
    const { id } = await connect('http.mtls', certificateFields(ada), ['127.0.0.1']);
    const parameters = { method: 'GET', url: `${certified.origin}/anything` };
    const step = await publish('http.request', 2, { auth: id, parameters });
    const before = certified.callers.length;
    expect(await runEnded(owner, await start(step), 60_000)).toMatchObject({ status: 'succeeded' });
    const after = certified.callers.length;
    expect(after).toBeGreaterThan(before);
    const elsewhere = await connect('http.mtls', certificateFields(ada), ['service.example']);
    const refused = await publish('http.request', 2, { auth: elsewhere.id, parameters });
    const run = await runEnded(owner, await start(refused), 60_000);
    expect(run).toMatchObject({ status: 'failed', error: { code: 'host_not_listed' } });
    expect(certified.callers).toHaveLength(after);
  });

  it('one that the service refuses holds its runs and is told; with one that it knows they go on', async () => {
    await certified.refuseAll();
    const runId = await start(url);
    const run = await eventually(async () => {
      const now = await owner.client.runs.get({ runId });
      return now.status === 'waiting' || now.status === 'failed' ? now : null;
    }, 60_000);
    expect(run).toMatchObject({ status: 'waiting', waitsFor: { kind: 'credential', who: auth } });
    expect((await owner.client.credentials.get({ credentialId: auth })).health).toMatchObject({
      status: 'needsReconnect',
      code: 'credential_certificate_refused',
    });
    await certified.know([bob]);
    await owner.client.credentials.update({ credentialId: auth, body: { fields: certificateFields(bob) } });
    expect(await runEnded(owner, runId, 60_000)).toMatchObject({ status: 'succeeded' });
    expect(certified.callers.at(-1)).toBe('bob');
  });

  it('nothing of a certificate or its key is in a log or in the open', async () => {
    const rows = await queryRows<{ row: string }>(
      product.databaseUrl,
      ['credentials', 'audit_log', 'runs', 'node_runs', 'attempts', 'workflow_versions', 'drafts', 'imported_connectors']
        .map((table) => `select to_json(t)::text as row from ${table} t`)
        .join(' union all '),
    );
    const everything = `${product.log()}${rows.map(({ row }) => row).join('\n')}`;
    for (const { cert, key } of [ada, bob])
      for (const line of [...cert.split('\n'), ...key.split('\n')].filter((one) => /^[\w+/=]{24,}$/.test(one)))
        expect(everything).not.toContain(line);
    expect(everything).not.toContain('canary-of-digest');
  });
});
