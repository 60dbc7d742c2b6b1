import {
  createOwner,
  eventually,
  queryRows,
  sketchDocument,
  startMailServer,
  startOidcServer,
  startProduct,
  testCluster,
} from '@millwright/testing';
import type { MailServer, OidcServer, Product, SignedIn } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVendor, type Vendor } from './testing/vendor.ts';

/** Planted in every kind of credential, and looked for everywhere. */
const CANARY = 'canary-77c1';
const TOKEN = `${CANARY}-token-of-the-service`;

let product: Product;
let owner: SignedIn;
let vendor: Vendor;
let oidc: OidcServer;
let smtp: MailServer | undefined;

beforeAll(async () => {
  vendor = await startVendor(TOKEN);
  const env = {
    MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32',
    MILLWRIGHT_TEST_NODES: '1',
    NODE_ENV: 'development',
    MILLWRIGHT_LOG_LEVEL: 'debug',
  };
  product = await startProduct({ env });
  oidc = await startOidcServer({ redirectUris: [`${product.url}/oauth/callback`] });
  owner = await createOwner(product);
});
afterAll(async () => {
  await product?.remove();
  await Promise.all([vendor?.stop(), oidc?.stop(), smtp?.stop()]);
});

let made = 0;
async function create(kind: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const body = {
    type: `testconnector.${kind}`,
    name: `${kind} ${++made}`,
    fields: { baseUrl: vendor.url, ...fields },
    hosts: ['127.0.0.1'],
  };
  return (await owner.client.credentials.create({ body })).id;
}

/** Publishes a workflow whose one step sends with a credential, and starts it. */
async function start(credentialId: string): Promise<string> {
  const { id: workflowId } = await owner.client.workflows.create({ body: { name: `Sends ${++made}` } });
  const { revision } = await owner.client.drafts.get({ workflowId });
  const document = sketchDocument(
    'Sends',
    [
      ['begin', 'core.manual', {}],
      ['send', 'testconnector.thing.send', { name: 'One' }],
    ],
    ['begin -> send'],
  );
  const nodes = document.nodes.map((node) => (node.id === 'send' ? { ...node, credentials: { auth: credentialId } } : node));
  await owner.client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
  await owner.client.workflows.publish({ workflowId, body: {} });
  return (await owner.client.workflows.startRun({ workflowId, body: { input: {} } })).runId;
}

async function settled(runId: string, ...statuses: readonly string[]) {
  return eventually(async () => {
    const run = await owner.client.runs.get({ runId }).catch(() => null);
    return run !== null && statuses.includes(run.status) ? run : null;
  }, 60_000);
}

async function connect(credentialId: string): Promise<void> {
  const { authorizeUrl } = await owner.client.credentials.startOauth({ credentialId, body: {} });
  const back = (await oidc.consent(authorizeUrl, 'allow')).searchParams;
  await owner.client.credentials.finishOauth({ body: { state: back.get('state') ?? '', code: back.get('code') ?? undefined } });
}

describe('a credential that was revoked', () => {
  it('holds its runs as "needs reconnect"; once it is reconnected they end, each effect done once', async () => {
    const { clientId, clientSecret, url: issuer } = oidc;
    const credentialId = await create('window', { clientId, clientSecret, issuer });
    await connect(credentialId);
    expect(await owner.client.credentials.get({ credentialId })).toMatchObject({
      health: { status: 'working' },
      account: 'ana@example.com',
      renews: true,
    });
    await settled(await start(credentialId), 'succeeded');
    smtp = await startMailServer();
    const from = { fromAddress: 'mill@example.com', fromName: 'Millwright' };
    await owner.client.mail.putSettings({ body: { host: '127.0.0.1', port: smtp.port, security: 'none', username: '', ...from } });
    oidc.revoke();
    vendor.answer(401);
    const before = vendor.done();
    const runId = await start(credentialId);
    expect((await settled(runId, 'waiting', 'failed')).waitsFor).toEqual({ kind: 'credential', who: credentialId });
    expect((await owner.client.credentials.get({ credentialId })).health).toMatchObject({
      status: 'needsReconnect',
      code: 'credential_grant_ended',
    });
    const [told] = await eventually(async () => (smtp !== undefined && smtp.mails.length > 0 ? smtp.mails : null), 30_000);
    expect(told?.to).toEqual([owner.email]);
    expect(told?.text).toContain(`${product.url}/connections?connection=${credentialId}`);
    expect(told?.raw).not.toContain(CANARY);
    // A second run finds it dead already: nobody is told again.
    const second = await start(credentialId);
    expect((await settled(second, 'waiting', 'failed')).waitsFor).toMatchObject({ kind: 'credential' });
    expect((await owner.client.mail.listOutbox({})).items.filter(({ kind }) => kind === 'reconnect')).toHaveLength(1);
    await owner.client.runs.cancel({ runId: second });
    vendor.answer(200);
    await connect(credentialId);
    expect((await settled(runId, 'succeeded', 'failed')).status).toBe('succeeded');
    expect(vendor.done()).toBe(before + 1);
  });
});

describe('a host that a credential does not name', () => {
  it('A111: gets nothing of it: neither from a step nor from a test', async () => {
    const fields = { baseUrl: vendor.url.replace('127.0.0.1', 'localhost'), token: `${CANARY}-host` };
    const body = { type: 'testconnector.bearer', name: 'Elsewhere', fields, hosts: ['127.0.0.1'] };
    const { id: credentialId } = await owner.client.credentials.create({ body });
    expect((await owner.client.credentials.test({ credentialId })).health).toMatchObject({ status: 'failing', code: 'host_not_listed' });
    expect((await settled(await start(credentialId), 'failed', 'succeeded')).error).toMatchObject({ code: 'host_not_listed' });
    expect(vendor.got()).not.toContain(`${CANARY}-host`);
  });
});

describe('a host that a workspace does not reach', () => {
  it('is reached by no step, test, list of values or sign-in, until somebody allows it again', async () => {
    const auth = await create('bearer', { token: `${CANARY}-denied` });
    const { clientId, clientSecret, url: issuer } = oidc;
    const window = await create('window', { clientId, clientSecret, issuer });
    const { authorizeUrl } = await owner.client.credentials.startOauth({ credentialId: window, body: {} });
    const back = (await oidc.consent(authorizeUrl, 'allow')).searchParams;
    await owner.client.network.putRules({ body: { allow: [], deny: ['127.0.0.1'] } });
    await new Promise((resolve) => setTimeout(resolve, 2100));
    const before = vendor.got();
    expect((await settled(await start(auth), 'failed', 'succeeded')).error).toMatchObject({ code: 'egress_host_denied' });
    expect((await owner.client.credentials.test({ credentialId: auth })).health).toMatchObject({ code: 'egress_host_denied' });
    const list = { type: 'testconnector.thing.send', version: 1, parameter: 'name', credentials: { auth }, search: 'x' };
    await expect(owner.client.nodeTypes.options({ body: list })).rejects.toMatchObject({ code: 'egress_host_denied' });
    const finish = { state: back.get('state') ?? '', code: back.get('code') ?? undefined };
    await expect(owner.client.credentials.finishOauth({ body: finish })).rejects.toMatchObject({ code: 'egress_host_denied' });
    expect(vendor.got()).toEqual(before);
    await owner.client.network.putRules({ body: { allow: [], deny: [] } });
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect((await settled(await start(auth), 'failed', 'succeeded')).status).toBe('succeeded');
  });
});

describe('values for a field', () => {
  it('are read with the credential, and repeat nothing of it', async () => {
    const auth = await create('bearer', { token: `${CANARY}-of-the-form` });
    const body = { type: 'testconnector.thing.send', version: 1, parameter: 'name', credentials: { auth } };
    expect(await owner.client.nodeTypes.options({ body: { ...body, search: 'o' } })).toEqual({
      options: [
        { value: 'one', label: 'One' },
        { value: 'two', label: 'Two of Bearer [secret]' },
      ],
      more: false,
    });
    expect((await owner.client.nodeTypes.options({ body: { ...body, search: 'one' } })).options).toEqual([{ value: 'one', label: 'One' }]);
    expect(vendor.got()).toContain(`${CANARY}-of-the-form`);
  });
});

/** What each kind of credential is made with. */
const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bearer: { token: `${CANARY}-bearer` },
  header: { key: `${CANARY}-header` },
  query: { key: `${CANARY}-query` },
  cookie: { key: `${CANARY}-cookie` },
  basic: { username: 'jane', password: `${CANARY}-basic` },
  digest: { username: 'jane', password: `${CANARY}-digest` },
  oauth1: { consumerKey: 'ck', consumerSecret: `${CANARY}-consumer`, accessToken: 'at', tokenSecret: `${CANARY}-oauth1` },
  hmac: { secret: `${CANARY}-hmac` },
  sigV4: { accessKeyId: 'AK', secretAccessKey: `${CANARY}-sigv4`, sessionToken: `${CANARY}-session` },
  jwt: { issuer: 'me', privateKey: `${CANARY}-jwt` },
  exchange: { password: `${CANARY}-exchange` },
  machine: { clientId: 'c', clientSecret: `${CANARY}-machine` },
};

describe('A113, A120, A121: the canary', () => {
  it('that was planted in every kind of credential and used in runs that fail reaches the service, which repeats it, and nothing else', async () => {
    const answers: unknown[] = [];
    const runs: string[] = [];
    for (const [kind, fields] of Object.entries(KINDS)) {
      const credentialId = await create(kind, fields);
      answers.push(await owner.client.credentials.test({ credentialId }));
      for (const status of [200, 500, 400]) {
        vendor.answer(status);
        const runId = await start(credentialId);
        runs.push(runId);
        const run = await settled(runId, 'succeeded', 'failed', 'waiting');
        answers.push(run, await owner.client.runs.getNodeRun({ runId, nodeId: 'send', runIndex: 0 }));
        if (run.status === 'waiting') await owner.client.runs.cancel({ runId });
      }
      vendor.answer(200);
      const typed = { type: `testconnector.${kind}`, name: 'x', fields: { ...fields, nonsense: `${CANARY}-nonsense` } };
      answers.push(
        await owner.client.credentials.create({ body: typed }).catch((thrown: unknown) => `${JSON.stringify(thrown)} ${String(thrown)}`),
      );
    }
    await owner.client.keys.rotate({ body: { key: 'workspace' } });
    await owner.client.keys.rotate({ body: { key: 'root' } });
    const again = await create('bearer', { token: `${CANARY}-again` });
    expect((await settled(await start(again), 'succeeded', 'failed')).status).toBe('succeeded');
    answers.push(await owner.client.credentials.list(), await owner.client.runs.list({}));
    // It was really used.
    for (const kind of ['bearer', 'header', 'query', 'cookie', 'exchange']) expect(vendor.got()).toContain(`${CANARY}-${kind}`);
    expect(vendor.got()).toContain(TOKEN);
    // And it would be found.
    expect(leaks(vendor.got()).length).toBeGreaterThan(5);
    expect(leaks(JSON.stringify(answers))).toEqual([]);
    expect(leaks(product.log())).toEqual([]);
    expect(leaks(await dump(product.databaseUrl))).toEqual([]);
    expect(runs.length).toBe(36);
    expect(leaks(await temporalDump(runs))).toEqual([]);
  }, 170_000);
});

/** Ways in which a secret may have been written down. */
function leaks(text: string): readonly string[] {
  const planted = [...Object.values(KINDS).flatMap((fields) => Object.values(fields)), TOKEN, `${CANARY}-nonsense`].filter((value) =>
    value.startsWith(CANARY),
  );
  const forms = planted.flatMap((value) => [
    value,
    Buffer.from(value).toString('base64').slice(0, -3),
    Buffer.from(value).toString('hex'),
    Buffer.from(`jane:${value}`).toString('base64'),
    encodeURIComponent(value),
  ]);
  return [...new Set(forms.filter((form) => text.includes(form)))];
}

async function dump(databaseUrl: string): Promise<string> {
  const tables = await queryRows<{ name: string }>(
    databaseUrl,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    [],
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await queryRows<{ row: string }>(databaseUrl, `select t::text as row from "${name}" t`, []);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

/** Everything that Temporal stores of runs: histories, states and visibility, as bytes in hex and as text. */
async function temporalDump(runs: readonly string[]): Promise<string> {
  const { adminUrl } = testCluster();
  const databases = await queryRows<{ name: string }>(
    adminUrl,
    `select datname as name from pg_database where datname like 'temporal%'`,
    [],
  );
  expect(databases.length).toBeGreaterThan(0);
  const texts: string[] = [];
  for (const { name } of databases) {
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    texts.push(await dump(url.href));
  }
  const all = texts.join('\n');
  expect(runs.some((runId) => all.includes(runId) || all.includes(Buffer.from(runId).toString('hex')))).toBe(true);
  return all;
}
