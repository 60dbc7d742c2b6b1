import type { CredentialRef } from '@millwright/connector-runtime';
import { UserError } from '@millwright/core';
import type { NodeCall } from '@millwright/executor';

/** The credential that was chosen for a slot; null where none was. */
export function credentialOf({ header, credentials }: NodeCall, slot: string): CredentialRef | null {
  const credentialId = credentials[slot];
  const { workspaceId, versionId } = header;
  return credentialId === undefined ? null : { workspaceId, credentialId, versionId };
}

/** The same where nothing goes without. @throws UserError `credential_missing` */
export function requiredCredential(call: NodeCall, slot: string): CredentialRef {
  const credential = credentialOf(call, slot);
  if (credential !== null) return credential;
  throw new UserError('invalid', {
    code: 'credential_missing',
    message: `no connection was chosen for "${slot}"`,
    hint: 'Choose one in the step.',
    details: { field: `credentials.${slot}`, sent: false },
  });
}
