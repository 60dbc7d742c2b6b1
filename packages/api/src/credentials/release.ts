import { messageOf } from '@millwright/core';
import type { ApiDeps } from '../deps.ts';

/** Lets runs go on that wait for a credential. It works already; what cannot be woken now is found by the server's sweep. */
export async function releaseHeld(
  { credentials, log }: Pick<ApiDeps, 'credentials' | 'log'>,
  workspaceId: string,
  credentialId: string,
): Promise<void> {
  await credentials.releaseHeld(workspaceId, credentialId).catch((thrown: unknown) => {
    log.warn({ credentialId, detail: messageOf(thrown) }, 'runs that wait for a credential could not be released yet');
  });
}
