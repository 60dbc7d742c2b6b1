import type { ConnectorError } from '@millwright/core';
import { credentials, type TenantTx } from '@millwright/db';
import { describeDead, needsReconnect, type DeadCause } from './refusals.ts';

const CODE_PREFIX = 'credential_';
const CAUSES: readonly DeadCause[] = [
  'not_connected',
  'refused',
  'grant_ended',
  'client_invalid',
  'certificate_expired',
  'certificate_refused',
];

function causeOf(code: string | null): DeadCause {
  return CAUSES.find((cause) => code === `${CODE_PREFIX}${cause}`) ?? 'grant_ended';
}

/** Notes that a credential waits for a person; only while its secret is the one that was seen to be dead. */
export async function markDead(tx: TenantTx, credential: credentials.Credential, cause: DeadCause): Promise<void> {
  const { message } = describeDead(credential, cause);
  const health = cause === 'not_connected' ? 'notConnected' : 'needsReconnect';
  await credentials.putHealth(tx, credential.id, {
    health,
    code: `${CODE_PREFIX}${cause}`,
    text: message,
    generation: credential.generation,
  });
}

/** The refusal of a credential that waits for a person already; null while it may work. */
export function deadOf(credential: credentials.Credential): ConnectorError | null {
  switch (credential.health) {
    case 'notConnected':
      return needsReconnect(credential, 'not_connected');
    case 'needsReconnect':
      return needsReconnect(credential, causeOf(credential.healthCode));
    case 'untested':
    case 'working':
    case 'failing':
      return null;
  }
}
