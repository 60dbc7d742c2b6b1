import type { Outcome } from '@millwright/workflow';

/** Code of a `ConnectorError` (kind `auth`, `details.credentialId`) of a call that stayed here, as its credential needs a person. */
export const CREDENTIAL_RECONNECT = 'credential_reconnect';

/** A try that left nothing but the wish that a credential is reconnected: no failure of its item, which waits for that. */
export function isHold({ status, error }: Pick<Outcome, 'status' | 'error'>): boolean {
  return status === 'notSent' && error?.credentialId !== undefined;
}
