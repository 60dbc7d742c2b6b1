import { MillwrightError } from '@millwright/core';

/** Whose fault it was that a mail was not taken: the server's or its settings' (every mail waits), or this mail's, for now or for good. */
export type FaultKind = 'server' | 'later' | 'refused';

/** What went wrong, as it is stored and shown. */
export interface MailFault {
  readonly kind: FaultKind;
  /** Stable: `mail_sign_in`; the interface has words for it. */
  readonly code: string;
  /** What the server said, else what the system says; one line, no secrets. */
  readonly text: string;
}

/** Longest text that is kept, in characters. */
const MOST_TEXT = 300;

/** What is read of an error of nodemailer or of the system. */
interface Facts {
  readonly code: string;
  readonly command: string;
  readonly status: number;
  readonly response: string;
  readonly message: string;
}

function textOf(thrown: object, name: string): string {
  const value: unknown = Reflect.get(thrown, name);
  return typeof value === 'string' ? value : '';
}

function factsOf(thrown: unknown): Facts {
  if (!(thrown instanceof Error)) return { code: '', command: '', status: 0, response: '', message: String(thrown) };
  const response = textOf(thrown, 'response');
  const status = /^([2-5]\d\d)(?:[ -]|$)/.exec(response)?.[1];
  const system = textOf(thrown, 'code');
  const inner = thrown.cause instanceof Error ? textOf(thrown.cause, 'code') : '';
  return {
    // nodemailer puts its own family in `code`; the system's is more precise where it is there.
    code: system === 'ESOCKET' && inner !== '' ? inner : system,
    command: textOf(thrown, 'command'),
    status: status === undefined ? 0 : Number(status),
    response: status === undefined ? '' : response,
    message: thrown.message,
  };
}

/** One line without control characters, without the secrets, in any of the ways in which SMTP writes them. */
export function scrub(text: string, secrets: readonly string[]): string {
  const written = secrets.filter((secret) => secret !== '').flatMap(writingsOf);
  const clean = written.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text);
  // oxlint-disable-next-line no-control-regex -- taking control characters out is what this expression is for
  const line = clean.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  return line.length > MOST_TEXT ? `${line.slice(0, MOST_TEXT - 1)}…` : line;
}

function writingsOf(secret: string): readonly string[] {
  return [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)];
}

/** nodemailer keeps the message of the TLS library and not its code. */
const CERTIFICATE = /certificate|CERT_|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/i;
const UNREACHABLE = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);
const UNKNOWN_HOST = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EDNS', 'EAI_NODATA', 'ENODATA']);

/** Codes of what fails before a server has taken an envelope. */
function serverCode({ code, command, message, response }: Facts): string {
  if (code === 'egress_port' || code === 'egress_private_address') return 'mail_address_refused';
  if (UNKNOWN_HOST.has(code)) return 'mail_host_unknown';
  if (CERTIFICATE.test(code) || (response === '' && CERTIFICATE.test(message))) return 'mail_certificate';
  if (code === 'EAUTH' || code === 'ENOAUTH' || command.startsWith('AUTH')) return 'mail_sign_in';
  if (command === 'MAIL FROM') return 'mail_sender_refused';
  if (code === 'ETLS' || command === 'STARTTLS') return 'mail_no_tls';
  if (/wrong version number|packet length too long|SSL routines|\bEPROTO\b/i.test(`${message} ${code}`)) return 'mail_tls_mismatch';
  if (UNREACHABLE.has(code)) return 'mail_unreachable';
  if (code === 'EPROTOCOL') return 'mail_no_smtp';
  return 'mail_connection_lost';
}

/** What refused an envelope or its content says about the mail. */
function mailCode({ command, status }: Facts): Pick<MailFault, 'kind' | 'code'> {
  if (status < 500) return { kind: 'later', code: 'mail_later' };
  return { kind: 'refused', code: command === 'RCPT TO' ? 'mail_recipient_refused' : 'mail_content_refused' };
}

/**
 * Says what a failure means.
 * @param at `connect`: before a mail was begun; `send`: while one was handed over
 * @param secrets never shown, whatever the server repeats
 */
export function faultOf(thrown: unknown, at: 'connect' | 'send', secrets: readonly string[]): MailFault {
  const facts = factsOf(thrown);
  // What is no SMTP reply is not repeated: a mistyped port must not show what another service says.
  const text = scrub(facts.response === '' ? wordsOf(thrown, facts) : facts.response, secrets);
  if (facts.code === 'secret_unreadable') return { kind: 'server', code: 'mail_password_unreadable', text };
  const isAboutMail = facts.status >= 400 && facts.status !== 421 && (facts.command === 'RCPT TO' || facts.command === 'DATA');
  if (isAboutMail) return { ...mailCode(facts), text };
  if (facts.command === 'API') return { kind: 'refused', code: 'mail_content_refused', text };
  // The line broke on the way: whether the server is away shows when it is asked again.
  if (at === 'send' && facts.status === 0) return { kind: 'later', code: 'mail_connection_lost', text };
  return { kind: 'server', code: serverCode(facts), text };
}

function wordsOf(thrown: unknown, { code, message }: Facts): string {
  if (thrown instanceof MillwrightError) return thrown.message;
  if (code === 'EPROTOCOL') return '';
  // `Invalid greeting. response=…` and the like: the words before what was received.
  return message.split(/[.:]? response=/)[0] ?? '';
}
