import { ConnectorError, MillwrightError } from '@millwright/node-sdk';

/** Where a failure came from: `sent` once the content began to leave. */
export type Stage = 'signIn' | 'envelope' | 'content';

function textOf(thrown: object, name: string): string {
  const value: unknown = Reflect.get(thrown, name);
  return typeof value === 'string' ? value : '';
}

/** The status of the server's refusal; 0 where it did not answer. */
function statusOf(thrown: object): number {
  const said = /^([45]\d\d)(?:[ -]|$)/.exec(textOf(thrown, 'response'))?.[1];
  return said === undefined ? 0 : Number(said);
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS/;

/** Whether TLS could not be turned on: the server does not offer it, or nobody vouches for it. */
function isOfTls(thrown: Error): boolean {
  const codes = [textOf(thrown, 'code'), textOf(thrown, 'originalCode')];
  return codes.includes('ETLS') || textOf(thrown, 'command') === 'STARTTLS' || codes.some((code) => CERTIFICATE.test(code));
}

function refused(thrown: Error, status: number, stage: Stage): ConnectorError {
  const command = textOf(thrown, 'command');
  const isSignIn = stage === 'signIn' && (command.startsWith('AUTH') || textOf(thrown, 'code') === 'EAUTH');
  const isForNow = status < 500;
  const said = textOf(thrown, 'response')
    .replaceAll(/[\r\n]+/g, ' ')
    .slice(0, 300);
  const who =
    command === 'RCPT TO' ? 'the recipients' : command === 'MAIL FROM' ? 'the sender' : stage === 'content' ? 'the mail' : 'the sign-in';
  return new ConnectorError(isForNow ? 'transient' : isSignIn ? 'auth' : 'permanent', {
    code: isSignIn ? 'smtp_sign_in' : 'smtp_refused',
    message: `the mail server refuses ${who}: ${said}`,
    hint: isForNow ? 'Nothing was sent. The server asks to try again later.' : 'Nothing was sent. Correct what the server names.',
    ...(isForNow ? { retry: { afterMs: 30_000 } } : {}),
    details: { sent: false, smtpStatus: status },
  });
}

/**
 * What a failure of nodemailer means. A refusal is definite: the server has not taken the mail (RFC 5321 §4.2.5). A line that breaks
 * before the content began has sent nothing; afterwards nobody knows.
 */
export function toFailure(thrown: unknown, stage: Stage): unknown {
  if (thrown instanceof MillwrightError || !(thrown instanceof Error)) return thrown;
  if (stage === 'signIn' && isOfTls(thrown)) {
    return new ConnectorError('permanent', {
      code: 'smtp_no_tls',
      message: 'the mail server does not offer STARTTLS, or its certificate is not trusted',
      hint: "Check the connection's security and port: 465 is tls, 587 is starttls.",
      details: { sent: false },
    });
  }
  const status = statusOf(thrown);
  if (status > 0) return refused(thrown, status, stage);
  const hasLeft = stage === 'content';
  return new ConnectorError('transient', {
    code: hasLeft ? 'smtp_answer_lost' : 'smtp_connection_lost',
    message: hasLeft
      ? 'the connection to the mail server was lost before it said that it has the mail'
      : 'the connection to the mail server was lost',
    hint: hasLeft
      ? 'It may have been sent all the same: look for its Message-ID before you send it again.'
      : 'Nothing was sent. It can be tried again.',
    retry: { afterMs: 5_000 },
    details: { sent: hasLeft },
  });
}
