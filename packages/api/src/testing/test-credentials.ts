import { systemClock } from '@millwright/core';
import {
  createKeyRotation,
  createLender,
  createVault,
  credentialTypes,
  type CredentialPorts,
  type RootKey,
  type WorkspaceKeys,
} from '@millwright/credentials';
import type { Database } from '@millwright/db';
import type { Logger } from '@millwright/platform';
import type { CredentialParts } from '../deps.ts';

type TypeInfo = Parameters<typeof credentialTypes>[0][number];

const key: TypeInfo = {
  type: 'shop.key',
  connectorKey: 'shop',
  connectorTitle: 'Shop',
  title: 'API key',
  auth: {
    kind: 'apiKey',
    in: 'header',
    name: 'x-key',
    label: 'API key',
    fields: [
      { name: 'region', title: 'Region', secret: false, required: false },
      { name: 'key', title: 'API key', secret: true, required: true },
    ],
  },
  hosts: ['api.shop.example', '*.shop.example'],
  baseUrl: 'https://api.shop.example',
  test: null,
};

const window: TypeInfo = {
  ...key,
  type: 'shop.oauth',
  title: 'Sign in',
  auth: {
    kind: 'oauth2',
    label: 'Sign in',
    fields: [],
    authorizeUrl: 'https://shop.example/authorize',
    tokenUrl: 'https://shop.example/token',
    scopes: ['orders'],
    pkce: true,
    console: { url: 'https://shop.example/console' },
  },
};

/** Credentials of a test server: two kinds, and a way out that leads nowhere. */
export function testCredentials(parts: {
  readonly db: Database;
  readonly keys: WorkspaceKeys;
  readonly rootKey: RootKey;
  readonly log: Logger;
  readonly publicUrl: string;
}): CredentialParts {
  const { keys, db } = parts;
  const egress = { request: () => Promise.reject(new Error('nothing leaves from here')) };
  const ports: CredentialPorts = { ...parts, egress, vault: createVault(keys), types: credentialTypes([key, window]), clock: systemClock };
  const rotation = createKeyRotation({ rootKey: parts.rootKey, keys, vault: ports.vault, db });
  const lender = createLender(ports, { managerRoles: ['owner', 'admin'] });
  return { ports, lender, rotation, releaseHeld: async () => 0 };
}
