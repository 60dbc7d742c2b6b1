import { ConnectorError, MillwrightError, UserError } from '@millwright/node-sdk';

function fieldOf(thrown: Error, name: string): string {
  const value: unknown = Reflect.get(thrown, name);
  return typeof value === 'string' ? value : '';
}

/** Answers that only say "not now" (RFC 5530). */
const AGAIN = new Set(['UNAVAILABLE', 'INUSE', 'SERVERBUG', 'LIMIT', 'CONTACTADMIN']);

/**
 * What a failure of the client means. NO and BAD are definite; a line that breaks is not, once something was to be changed.
 * @param hasBegun whether a change was on its way
 */
export function toFailure(thrown: unknown, hasBegun: boolean): unknown {
  if (thrown instanceof MillwrightError || !(thrown instanceof Error)) return thrown;
  const said = (fieldOf(thrown, 'responseText') || thrown.message).replaceAll(/[\r\n]+/g, ' ').slice(0, 300);
  const code = fieldOf(thrown, 'serverResponseCode');
  const isRefusal = fieldOf(thrown, 'responseStatus') !== '';
  if (Reflect.get(thrown, 'authenticationFailed') === true && !AGAIN.has(code)) {
    return new ConnectorError('auth', {
      code: 'imap_sign_in',
      message: `the mail server refuses the sign-in: ${said}`,
      hint: 'Check user name and password. Many services want an app password here.',
      details: { sent: false },
    });
  }
  if (isRefusal) {
    const isForNow = AGAIN.has(code);
    return new ConnectorError(isForNow ? 'transient' : 'permanent', {
      code: code === 'NONEXISTENT' || Reflect.get(thrown, 'mailboxMissing') === true ? 'imap_mailbox_unknown' : 'imap_refused',
      message: `the mail server says: ${said}`,
      hint: isForNow ? 'It can be tried again.' : 'Check the mailbox and the message.',
      ...(isForNow ? { retry: { afterMs: 5_000 } } : {}),
      details: { sent: false },
    });
  }
  return new ConnectorError('transient', {
    code: hasBegun ? 'imap_answer_lost' : 'imap_connection_lost',
    message: 'the connection to the mail server was lost',
    hint: hasBegun ? 'It may have been done all the same.' : 'Nothing was changed. It can be tried again.',
    retry: { afterMs: 1_000 },
    details: { sent: hasBegun },
  });
}

/**
 * imapflow answers `false` where a command was refused, and where its line broke: only the second leaves open what was done.
 * @throws ConnectorError `imap_refused`; an error that `toFailure` reads as a broken line
 */
export function accepted<T>(result: T | false | undefined, client: { readonly usable: boolean }): T {
  if (result !== false && result !== undefined) return result;
  if (!client.usable) throw new Error('the line broke');
  throw new ConnectorError('permanent', {
    code: 'imap_refused',
    message: 'the mail server refuses this',
    hint: 'Nothing was done. Check that the mailbox exists, and that this user may write there.',
    details: { sent: false },
  });
}

/** The message that was named is not there. */
export function messageMissing(uid: number): UserError {
  return new UserError('notFound', {
    code: 'imap_message_missing',
    message: `there is no message with UID ${uid} in this mailbox`,
    hint: 'It was moved or deleted. Search for it again.',
    details: { sent: false },
  });
}

/** The mailbox was made anew: what its numbers named is gone. */
export function uidStale(): UserError {
  return new UserError('conflict', {
    code: 'imap_uid_stale',
    message: 'the mailbox has given its messages new numbers since this one was found',
    hint: 'Nothing was done. Search for the message again.',
    details: { sent: false },
  });
}
