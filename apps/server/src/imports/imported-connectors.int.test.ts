import { createOwner, eventually, queryRows, startProduct, type Product, type SignedIn } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEN_OPERATIONS } from '../../../../scripts/connectors/ten-operations.ts';

const OPERATIONS = ['GET /books', 'POST /books'];

let product: Product;
let beside: Product;
let owner: SignedIn;

beforeAll(async () => {
  product = await startProduct();
  beside = await startProduct({ beside: product });
  owner = await createOwner(product);
});
afterAll(async () => {
  await beside?.remove();
  await product?.remove();
});

async function add(title: string, more: object = {}): Promise<unknown> {
  const { digest } = await owner.client.connectors.import({ body: { text: TEN_OPERATIONS } });
  const body = { text: TEN_OPERATIONS, title, operations: OPERATIONS, digest, ...more };
  return owner.client.connectors.add({ body }).catch((thrown: unknown) => thrown);
}

/** Node types of a connector that people are offered, as a process tells them. */
async function offered(key: string, at = product): Promise<readonly string[]> {
  const response = await fetch(`${at.url}/api/v1/node-types`, { headers: { cookie: owner.cookie } });
  const { nodeTypes } = (await response.json()) as { readonly nodeTypes: readonly { readonly type: string }[] };
  return nodeTypes.flatMap(({ type }) => (type.startsWith(`${key}.`) ? [type] : []));
}

describe('connectors made of descriptions', () => {
  it('are offered at once, in other processes too, as the operations that were chosen; the audit log says who and what', async () => {
    expect(await add('My Library')).toEqual({ key: 'importedmylibrary', title: 'My Library', actions: 2 });
    expect(await offered('importedmylibrary')).toEqual(['importedmylibrary.books.listBooks', 'importedmylibrary.books.createBook']);
    await eventually(async () => (await offered('importedmylibrary', beside)).length === 2);
    const types = (await owner.client.credentialTypes.list({})).items.map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('importedmylibrary.'))).toHaveLength(1);
    const [entry] = await queryRows<{ details: object }>(
      product.databaseUrl,
      `select details from audit_log where action = 'connector.added'`,
    );
    expect(entry?.details).toMatchObject({ title: 'My Library', actions: 2, hosts: 'api.library.example' });
  });

  it.each([
    ['a name that is taken', 'My library!', {}, 'connector_exists'],
    ['a name of no letters', '!!!', {}, 'connector_name_invalid'],
    ['another description than was looked at', 'Other', { digest: 'x' }, 'description_changed'],
    ['operations that are not there', 'Other', { operations: ['GET /nothing'] }, 'description_no_operations'],
  ])('%s is refused, and nothing is stored', async (_what, title, more, code) => {
    const before = await queryRows(product.databaseUrl, 'select key from imported_connectors');
    expect(await add(title, more)).toMatchObject({ code });
    expect(await queryRows(product.databaseUrl, 'select key from imported_connectors')).toEqual(before);
  });

  it('what is stored cannot be changed by the application, and one that cannot be used takes no other down', async () => {
    const [row] = await queryRows<{ rights: string }>(
      product.databaseUrl,
      `select string_agg(column_name, ',') as rights from information_schema.column_privileges
       where table_name = 'imported_connectors' and privilege_type = 'UPDATE' and grantee like '%_app'`,
    );
    expect(row?.rights).toBe('removed_at');
    await queryRows(
      product.databaseUrl,
      `insert into imported_connectors (key, workspace_id, title, content, source, created_by)
       select 'importedbroken', workspace_id, 'Broken', '{"key":"importedbroken"}', 'x', created_by from imported_connectors limit 1`,
    );
    await product.kill();
    await product.start();
    expect(await offered('importedmylibrary')).toHaveLength(2);
    expect(await offered('importedbroken')).toEqual([]);
    expect(product.log()).toContain('a connector made of a description cannot be used');
  });

  it('are taken away where nothing uses them, everywhere; what was never there is told', async () => {
    await owner.client.connectors.remove({ connectorKey: 'importedmylibrary' });
    expect(await offered('importedmylibrary')).toEqual([]);
    await eventually(async () => (await offered('importedmylibrary', beside)).length === 0);
    await expect(owner.client.connectors.remove({ connectorKey: 'importedmylibrary' })).rejects.toMatchObject({ status: 404 });
    await expect(owner.client.connectors.remove({ connectorKey: 'github' })).rejects.toMatchObject({ status: 404 });
    expect(await add('My Library')).toMatchObject({ code: 'connector_exists' });
  });
});
