import type { Clock } from '@millwright/core';
import { newId } from '@millwright/core';
import { credentials, workspaces, type Database } from '@millwright/db';
import { createTestDatabase, type TestDatabase } from '@millwright/db/testing';
import { createEgress, type Egress } from '@millwright/egress';
import type { AuthSpec, CredentialTypeInfo } from '@millwright/node-sdk';
import { loadRootKey, type RootKey } from '../keys/root-key.ts';
import { createWorkspaceKeys, type WorkspaceKeys } from '../keys/workspace-keys.ts';
import { createLender, type TestingLender } from '../lend/lender.ts';
import type { CredentialPorts } from '../ports.ts';
import { createCredential, putClientApp } from '../store/store.ts';
import { credentialTypes } from '../types.ts';
import { createVault } from '../vault/vault.ts';

/** A workspace on a real database, with everything that lends. */
export interface Stand {
  readonly database: Database;
  readonly test: TestDatabase;
  readonly rootKey: RootKey;
  readonly keys: WorkspaceKeys;
  readonly ports: CredentialPorts;
  readonly lender: TestingLender;
  readonly workspaceId: string;
  /** What was logged, as text. */
  readonly logged: string[];
  /** Moves the clock. */
  readonly later: (ms: number) => void;
  /** The same as another process sees it: keys, vault and lender of its own. */
  readonly beside: () => Promise<{ readonly ports: CredentialPorts; readonly lender: TestingLender }>;
  readonly create: (type: string, fields?: Readonly<Record<string, string>>) => Promise<string>;
  readonly row: (credentialId: string) => Promise<credentials.StoredCredential>;
  readonly clientApp: (clientId: string, clientSecret: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** A kind of credential for tests. */
export function typeOf(name: string, auth: AuthSpec, hosts: readonly string[]): CredentialTypeInfo {
  return {
    type: `shop.${name}`,
    connectorKey: 'shop',
    connectorTitle: 'Shop',
    title: auth.label,
    auth,
    hosts,
    baseUrl: 'https://api.shop.example',
    test: null,
  };
}

/** Makes one. @param allow hosts that the way out may reach though they are private */
export async function createStand(
  adminUrl: string,
  {
    types,
    allow,
    publicUrl = 'http://127.0.0.1:4400',
  }: { readonly types: readonly CredentialTypeInfo[]; readonly allow: readonly string[]; readonly publicUrl?: string },
): Promise<Stand> {
  const test = await createTestDatabase(adminUrl);
  const database = await test.open();
  const rootKey = await loadRootKey({ file: '', value: 'ab'.repeat(32) });
  const egress: Egress = createEgress({ allow });
  const logged: string[] = [];
  const say = (fields: Readonly<Record<string, unknown>>, message: string): void =>
    void logged.push(`${message} ${JSON.stringify(fields)}`);
  let aheadMs = 0;
  const clock: Clock = { nowMs: () => Date.now() + aheadMs, monotonicMs: () => performance.now() + aheadMs };
  const assemble = (keys: WorkspaceKeys): { readonly ports: CredentialPorts; readonly lender: TestingLender } => {
    const vault = createVault(keys);
    const ports: CredentialPorts = {
      db: database,
      vault,
      types: credentialTypes(types),
      egress,
      clock,
      log: { warn: say, error: say },
      publicUrl,
    };
    return { ports, lender: createLender(ports, { managerRoles: ['owner', 'admin'] }) };
  };
  const keys = createWorkspaceKeys({ rootKey, database });
  const workspaceId = newId('workspace');
  const by = newId('user');
  await database.tenant(workspaceId, async (tx) => workspaces.create(tx, { name: 'W', timezone: 'UTC', language: 'en' }));
  const own = assemble(keys);
  let made = 0;
  return {
    database,
    test,
    rootKey,
    keys,
    workspaceId,
    logged,
    ...own,
    later: (ms) => {
      aheadMs += ms;
    },
    beside: async () => assemble(createWorkspaceKeys({ rootKey: await loadRootKey({ file: '', value: 'ab'.repeat(32) }), database })),
    create: async (type, fields = {}) =>
      database.tenant(workspaceId, async (tx) =>
        createCredential(tx, own.ports, { input: { type, name: `Credential ${++made}`, fields }, by }),
      ),
    row: async (credentialId) => {
      const found = await database.tenant(workspaceId, async (tx) => credentials.getSealed(tx, credentialId));
      if (found === null) throw new Error('no such credential');
      return found;
    },
    clientApp: async (clientId, clientSecret) =>
      database.tenant(workspaceId, async (tx) => putClientApp(tx, own.ports, { connectorKey: 'shop', clientId, clientSecret, by })),
    remove: async () => {
      await egress.close();
      await test.drop();
    },
  };
}
