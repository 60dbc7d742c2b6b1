import { ConnectorError } from '@millwright/core';
import type { credentials } from '@millwright/db';

/** Why a person has to act; `details.cause` of `credential_reconnect`. */
export type DeadCause = 'not_connected' | 'refused' | 'grant_ended' | 'client_invalid' | 'certificate_expired' | 'certificate_refused';

const WHY: Readonly<Record<DeadCause, string>> = {
  not_connected: 'was never connected',
  refused: 'is refused by the service',
  grant_ended: 'has ended: access was revoked there, or has run out',
  client_invalid: 'cannot be renewed: the service does not know the client app any more',
  certificate_expired: 'has a client certificate that has run out',
  certificate_refused: 'has a client certificate that the service does not accept',
};

/** What is said of a credential that only a person can bring back. Code and text are also its health. */
export function describeDead(
  credential: Pick<credentials.Credential, 'name' | 'owner'>,
  cause: DeadCause,
): { readonly message: string; readonly hint: string } {
  const owner = credential.owner.name ?? 'an admin';
  const who =
    cause === 'client_invalid'
      ? `An admin has to correct the client app of this service; then ${owner} reconnects "${credential.name}".`
      : `${owner} or an admin has to reconnect "${credential.name}" under Connections. What waits for it then goes on by itself.`;
  return { message: `The connection "${credential.name}" ${WHY[cause]}.`, hint: who };
}

/** A person must act before this credential works again: runs wait for it. */
export function needsReconnect(credential: Pick<credentials.Credential, 'id' | 'name' | 'owner'>, cause: DeadCause): ConnectorError {
  return new ConnectorError('auth', {
    code: 'credential_reconnect',
    ...describeDead(credential, cause),
    details: { credentialId: credential.id, ownerId: credential.owner.id, cause, sent: false },
  });
}

/** There is no such credential in the workspace. */
export function unknownCredential(credentialId: string): ConnectorError {
  return new ConnectorError('auth', {
    code: 'credential_unknown',
    message: 'The connection that this step uses does not exist.',
    hint: 'Choose another connection in the step, and publish again.',
    details: { credentialId, sent: false },
  });
}

/** Who published or tests the workflow may not use it any more. */
export function notShared(credential: Pick<credentials.Credential, 'id' | 'name' | 'owner'>): ConnectorError {
  return new ConnectorError('auth', {
    code: 'credential_not_shared',
    message: `The connection "${credential.name}" is not shared with whoever published this workflow.`,
    hint: `Ask ${credential.owner.name ?? 'an admin'} to share it, or let somebody publish who may use it.`,
    details: { credentialId: credential.id, ownerId: credential.owner.id, sent: false },
  });
}

/** The connector that knows this kind of credential is not installed. */
export function unknownType(credential: Pick<credentials.Credential, 'id' | 'name' | 'type'>): ConnectorError {
  return new ConnectorError('permanent', {
    code: 'credential_type_unknown',
    message: `Nothing that is installed knows connections of the kind "${credential.type}".`,
    hint: `Install the connector again that "${credential.name}" was made with.`,
    details: { credentialId: credential.id, sent: false },
  });
}

/** Tokens cannot be had for the moment. @param afterMs when trying again makes sense */
export function renewFailed(name: string, cause: unknown, afterMs = 2_000): ConnectorError {
  return new ConnectorError('transient', {
    code: 'credential_renew_failed',
    message: `The access of "${name}" could not be renewed: the service that gives tokens did not answer as it should.`,
    hint: 'Nothing was sent. It is tried again by itself.',
    retry: { afterMs },
    details: { sent: false },
    cause,
  });
}
