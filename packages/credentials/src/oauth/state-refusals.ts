import { UserError } from '@millwright/core';

const STATES = {
  unknown: {
    code: 'oauth_state_unknown',
    message: 'This answer belongs to no connection that you began here.',
    hint: 'Begin again under Connections, in this browser. If you did not begin anything, close this window.',
  },
  used: {
    code: 'oauth_state_used',
    message: 'This answer was used already.',
    hint: 'Look under Connections: it may work. Otherwise begin again.',
  },
  expired: {
    code: 'oauth_state_expired',
    message: 'It took more than ten minutes to come back.',
    hint: 'Begin again under Connections.',
  },
} as const;

/** A state that cannot be taken. Another session's looks like none. */
export function stateRefused(is: 'unknown' | 'foreign' | 'used' | 'expired'): UserError {
  return new UserError('unprocessable', STATES[is === 'foreign' ? 'unknown' : is]);
}

/** The service sent neither a code nor a refusal. */
export function consentMissing(): UserError {
  return new UserError('unprocessable', {
    code: 'oauth_answer_invalid',
    message: 'The service came back without a code.',
    hint: 'Begin again under Connections; if it stays, compare the client app with the service’s console.',
  });
}

/** The credential went away while its window was open. */
export function unknownHere(): UserError {
  return new UserError('notFound', {
    code: 'credential_unknown',
    message: 'There is no such connection.',
    hint: 'It may have been removed, or belong to another workspace.',
  });
}

/** This kind of credential is connected in another way. */
export function notConsenting(code: 'credential_no_window' | 'credential_no_device'): UserError {
  return new UserError('conflict', {
    code,
    message: 'This kind of connection is not made in this way.',
    hint: 'Fill in its fields, and test it.',
  });
}

/** Another account came back than the one that the credential stands for. */
export function wrongAccount(known: string | null, came: string | null): UserError {
  const [was, is] = [known ?? 'another account', came ?? 'another one'];
  return new UserError('conflict', {
    code: 'oauth_wrong_account',
    message: `This connection is for ${was}, but you signed in as ${is}. Nothing was changed.`,
    hint: 'Sign out of the service, or use a private window, and reconnect with the right account. To change the account on purpose, say so when you begin.',
    details: { known: was, came: is },
  });
}
