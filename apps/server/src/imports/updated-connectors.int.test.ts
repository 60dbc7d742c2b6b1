import {
  createOwner,
  dropClients,
  eventually,
  HOOK_NOW,
  queryRows,
  runEnded,
  sketchDocument,
  startProduct,
  whileLocked,
  type Product,
  type SignedIn,
} from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operation, startLibrary, type Library } from './testing/library.ts';

const KEY = 'importedlibrary';
const FIND = `${KEY}.books.findBooks`;
const LEND = `${KEY}.books.lendBooks`;
const OTHER_HOST = 'files.library.example';

let library: Library;
let product: Product;
let beside: Product;
let owner: SignedIn;
let credentialId: string;

/** The descriptions as the vendor publishes them, one after the other. */
const PATHS = {
  first: { '/books': { get: operation('findBooks', ['q']) }, '/loans': { get: operation('lendBooks') } },
  second: {
    '/books': { get: operation('findBooks', ['q', 'year']) },
    '/files': { get: { ...operation('fileBooks'), servers: [{ url: `https://${OTHER_HOST}` }] } },
  },
  third: { '/books': { get: operation('findBooks', ['q', 'year', 'state']) } },
  fourth: { '/books': { get: operation('findBooks', ['q']) } },
};

beforeAll(async () => {
  library = await startLibrary();
  product = await startProduct({ env: { MILLWRIGHT_EGRESS_ALLOW: '127.0.0.1/32' } });
  beside = await startProduct({ beside: product });
  owner = await createOwner(product);
  const text = library.describe({ paths: PATHS.first });
  const { digest, actions } = await owner.client.connectors.import({ body: { text } });
  const operations = actions.map((one) => one.operation);
  await owner.client.connectors.add({ body: { text, title: 'Library', operations, digest, fileName: 'library.json' } });
  const credential = { type: `${KEY}.token`, name: 'Library', fields: { token: 'secret-token-4711' } };
  credentialId = (await owner.client.credentials.create({ body: credential })).id;
});
afterAll(async () => {
  await beside?.remove();
  await product?.remove();
  await library?.stop();
});

function compare(paths: Readonly<Record<string, object>>) {
  return owner.client.connectors.compare({ connectorKey: KEY, body: { text: library.describe({ paths }) } });
}

/** Updates by what was just looked at, all of it. */
async function update(paths: Readonly<Record<string, object>>, more: object = {}): Promise<unknown> {
  const text = library.describe({ paths });
  const { found, version, changes } = await compare(paths);
  const operations = found.actions.map((one) => one.operation);
  const body = { text, operations, digest: found.digest, version, hosts: [...changes.hostsAdded], ...more };
  return owner.client.connectors.update({ connectorKey: KEY, body }).catch((thrown: unknown) => thrown);
}

/** Steps as a process offers them: `type@version`, those that are not offered any more with a dash before them. */
async function steps(at = product): Promise<readonly string[]> {
  const response = await fetch(`${at.url}/api/v1/node-types`, { headers: { cookie: owner.cookie } });
  const { nodeTypes } = (await response.json()) as {
    readonly nodeTypes: readonly { readonly type: string; readonly version: number; readonly retired?: true }[];
  };
  const own = nodeTypes.filter(({ type }) => type.startsWith(`${KEY}.`));
  return own.map(({ type, version, retired }) => `${retired ? '-' : ''}${type.slice(KEY.length + 1)}@${version}`).toSorted();
}

async function stored(): Promise<readonly unknown[]> {
  return queryRows(product.databaseUrl, 'select key, version from imported_connector_versions order by version');
}

/** Publishes a workflow with one step of the connector. @returns its id */
async function publish(type: string, version: number, parameters: object): Promise<string> {
  const { id: workflowId } = await owner.client.workflows.create({ body: { name: `${type}@${version}` } });
  const { revision } = await owner.client.drafts.get({ workflowId });
  const document = sketchDocument(`${type}@${version}`, [HOOK_NOW, ['ask', type, { ...parameters }]], ['hook -> ask']);
  const nodes = document.nodes.map((node) => (node.id === 'ask' ? { ...node, version, credentials: { auth: credentialId } } : node));
  await owner.client.drafts.put({ workflowId, revision, body: { ...document, nodes } });
  await owner.client.workflows.publish({ workflowId, body: {} });
  return workflowId;
}

/** Runs a workflow. @returns what the service was asked by that */
async function asked(workflowId: string): Promise<readonly string[]> {
  const before = library.asked.length;
  const { endpoints } = await owner.client.workflows.get({ workflowId });
  const { runId } = (await (await fetch(endpoints[0]?.url ?? '', { method: 'POST' })).json()) as { readonly runId: string };
  expect(await runEnded(owner, runId, 60_000)).toMatchObject({ status: 'succeeded' });
  // A read may be done twice.
  return [...new Set(library.asked.slice(before))];
}

describe('a connector that is updated from a newer description', () => {
  let finding = '';
  let lending = '';

  it('says what would change, and nothing does', async () => {
    finding = await publish(FIND, 1, { q: 'emma' });
    lending = await publish(LEND, 1, {});
    const { version, changes } = await compare(PATHS.second);
    expect(version).toBe(1);
    expect(changes.operations).toEqual([
      { operation: 'GET /books', title: 'Find books', kind: 'changed', what: [{ kind: 'fieldAdded', name: 'Year' }] },
      { operation: 'GET /files', title: 'File books', kind: 'added', what: [], newHost: OTHER_HOST },
      { operation: 'GET /loans', title: 'Lend books', kind: 'removed', what: [] },
    ]);
    expect(changes.hostsAdded).toEqual([OTHER_HOST]);
    expect(await stored()).toEqual([]);
    expect(await steps()).toEqual(['books.findBooks@1', 'books.lendBooks@1']);
  });

  it.each([
    ['hosts that nobody confirmed', PATHS.second, { hosts: [] }, 422, 'hosts_unconfirmed'],
    ['another description than was looked at', PATHS.second, { digest: 'x' }, 422, 'description_changed'],
    ['a version that is not the newest', PATHS.second, { version: 7 }, 409, 'connector_changed'],
    ['what the connector does already', PATHS.first, {}, 422, 'connector_unchanged'],
    ['operations that are not there', PATHS.second, { operations: ['GET /nothing'] }, 422, 'description_no_operations'],
  ])('%s is refused, and nothing is stored', async (_what, paths, more, status, code) => {
    expect(await update(paths, more)).toMatchObject({ status, code });
    expect(await stored()).toEqual([]);
  });

  it('is a new version in every process; steps of before do what they did, the log says who and what', async () => {
    expect(await update(PATHS.second)).toEqual({ key: KEY, title: 'Library', version: 2, actions: 2 });
    const expected = ['-books.lendBooks@1', 'books.fileBooks@1', 'books.findBooks@1', 'books.findBooks@2'];
    expect(await steps()).toEqual(expected);
    await eventually(async () => JSON.stringify(await steps(beside)) === JSON.stringify(expected));
    expect(await asked(finding)).toEqual(['GET /v1/books?q=emma']);
    expect(await asked(lending)).toEqual(['GET /v1/loans']);
    expect(await asked(await publish(FIND, 2, { q: 'emma', year: '1815' }))).toEqual(['GET /v1/books?q=emma&year=1815']);
    const [entry] = await queryRows<{ details: object }>(
      product.databaseUrl,
      `select details from audit_log where action = 'connector.updated'`,
    );
    expect(entry?.details).toMatchObject({
      title: 'Library',
      version: 2,
      added: 1,
      changed: 1,
      removed: 1,
      hosts: OTHER_HOST,
      connections: 1,
    });
    const { items } = await owner.client.connectors.list({});
    expect(items.find(({ key }) => key === KEY)).toMatchObject({ actions: 2, made: { version: 2, source: 'text', baseUrl: null } });
  });

  it('connections follow to the hosts that were confirmed', async () => {
    expect((await owner.client.credentials.get({ credentialId })).hosts).toEqual(['127.0.0.1', OTHER_HOST]);
  });

  it('of two updates at once one is made, and the other told of it', async () => {
    const both = await Promise.all([update(PATHS.third), update(PATHS.third)]);
    expect(both).toContainEqual(expect.objectContaining({ version: 3 }));
    expect(both.map((one) => (one as { readonly code?: string }).code)).toContainEqual(
      expect.stringMatching(/^connector_(changed|unchanged)$/),
    );
    expect(await stored()).toHaveLength(2);
  });

  it('a kill in the middle leaves what was there whole', async () => {
    const before = await steps();
    await whileLocked(product.databaseUrl, 'imported_connector_versions', async () => {
      const going = update(PATHS.fourth);
      await eventually(async () => {
        const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into imported_connector_versions%'`;
        return (await queryRows(product.databaseUrl, waiting)).length > 0;
      });
      await product.kill();
      await dropClients(product.databaseUrl);
      await going;
    });
    await product.start();
    expect(await stored()).toHaveLength(2);
    expect(await steps()).toEqual(before);
    expect(await asked(finding)).toEqual(['GET /v1/books?q=emma']);
    // What does again what the first version did is another version all the same: the one between does something else.
    expect(await update(PATHS.fourth)).toMatchObject({ version: 4 });
    expect(await steps()).toContain('books.findBooks@4');
  });

  it('what is stored of a version cannot be changed by the application', async () => {
    const rights = await queryRows<{ right: string }>(
      product.databaseUrl,
      `select distinct privilege_type as right from information_schema.table_privileges
       where table_name = 'imported_connector_versions' and grantee like '%_app'`,
    );
    expect(rights.map(({ right }) => right).toSorted()).toEqual(['INSERT', 'SELECT']);
  });

  it('is removed only when nothing uses a step of any version; what was removed has no update', async () => {
    await expect(owner.client.connectors.remove({ connectorKey: KEY })).rejects.toMatchObject({ code: 'connector_in_use' });
    const { items } = await owner.client.workflows.list({});
    for (const { id: workflowId } of items) await owner.client.workflows.remove({ workflowId });
    await owner.client.connectors.remove({ connectorKey: KEY });
    expect(await steps()).toEqual([]);
    await expect(compare(PATHS.second)).rejects.toMatchObject({ status: 404 });
    await expect(owner.client.connectors.compare({ connectorKey: 'github', body: { text: '{}' } })).rejects.toMatchObject({ status: 404 });
  });
});
