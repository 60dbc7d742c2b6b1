import { newId } from '@millwright/core';
import type { TenantTx } from '../../queryable.ts';
import * as clientApps from './client-apps.ts';
import * as credentials from './credentials.ts';
import * as grants from './grants.ts';
import * as oauthStates from './oauth-states.ts';

/** One row in every table of credentials, for tests that look at all tables. */
export async function fillCredentials(tx: TenantTx, keyId: string, by: string): Promise<void> {
  const sealed = { keyId, wrappedKey: new Uint8Array(3), sealed: new Uint8Array(3) };
  const id = newId('credential');
  const shown = { hosts: [], fields: {}, secretFields: [], health: 'untested', renews: false } as const;
  await credentials.create(tx, { id, type: 'a.b', name: 'C', by, ...shown, sealed });
  await grants.replace(tx, id, { grants: [{ kind: 'role', subject: 'editor' }], by });
  await clientApps.put(tx, { connectorKey: 'a', clientId: 'c', hasSecret: true, hasSigningSecret: false, sealed, by });
  await oauthStates.begin(tx, { stateHash: 'h', kind: 'code', credentialId: id, userId: by, sessionId: 's', sealed }, 60);
}
