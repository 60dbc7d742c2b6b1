import { UserError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS, retryAfterS } from './back-off.ts';
import { faultOf, scrub } from './faults.ts';

function smtp(code: string, command: string, response = '', message = 'failed'): Error {
  return Object.assign(new Error(message), { code, command, response });
}

describe('what a failure means', () => {
  it.each([
    ['connect', smtp('ENOTFOUND', 'CONN'), 'server', 'mail_host_unknown'],
    ['connect', smtp('ECONNREFUSED', 'CONN'), 'server', 'mail_unreachable'],
    ['connect', smtp('ETIMEDOUT', 'CONN'), 'server', 'mail_unreachable'],
    ['connect', smtp('DEPTH_ZERO_SELF_SIGNED_CERT', 'CONN'), 'server', 'mail_certificate'],
    ['connect', smtp('CERT_HAS_EXPIRED', 'CONN'), 'server', 'mail_certificate'],
    ['connect', smtp('ERR_TLS_CERT_ALTNAME_INVALID', 'CONN'), 'server', 'mail_certificate'],
    ['connect', smtp('ETLS', 'STARTTLS', '454 TLS not available'), 'server', 'mail_no_tls'],
    ['connect', smtp('EAUTH', 'AUTH PLAIN', '535 5.7.8 no'), 'server', 'mail_sign_in'],
    ['connect', smtp('EPROTOCOL', 'CONN', 'SSH-2.0-OpenSSH_9.9'), 'server', 'mail_no_smtp'],
    ['connect', new UserError('forbidden', { code: 'egress_private_address', message: 'no' }), 'server', 'mail_address_refused'],
    ['connect', smtp('EENVELOPE', 'CONN', '421 4.3.2 going down'), 'server', 'mail_connection_lost'],
    ['send', smtp('EENVELOPE', 'MAIL FROM', '553 5.7.1 sender not allowed'), 'server', 'mail_sender_refused'],
    ['send', smtp('EENVELOPE', 'MAIL FROM', '452 4.3.1 full'), 'server', 'mail_sender_refused'],
    ['send', smtp('EENVELOPE', 'RCPT TO', '450 4.2.0 greylisted'), 'later', 'mail_later'],
    ['send', smtp('EENVELOPE', 'RCPT TO', '550 5.1.1 no such user'), 'refused', 'mail_recipient_refused'],
    ['send', smtp('EMESSAGE', 'DATA', '554 5.7.1 spam'), 'refused', 'mail_content_refused'],
    ['send', smtp('EMESSAGE', 'DATA', '451 4.3.0 try later'), 'later', 'mail_later'],
    ['send', smtp('ECONNECTION', 'CONN'), 'later', 'mail_connection_lost'],
    ['send', smtp('ETIMEDOUT', 'CONN'), 'later', 'mail_connection_lost'],
    ['send', smtp('EENVELOPE', 'RCPT TO', '421 4.7.0 too many'), 'server', 'mail_connection_lost'],
  ] as const)('while it was to %s: %o is the fault of the %s: %s', (at, thrown, kind, code) => {
    expect(faultOf(thrown, at, [])).toMatchObject({ kind, code });
  });

  it('is told in the server’s own words, on one line, without the password in any writing', () => {
    const password = 'p&ss w0rd';
    const base64 = Buffer.from(password).toString('base64');
    const said = `535-5.7.8 ${password}\r\n535 ${base64} ${encodeURIComponent(password)}`;
    const { text } = faultOf(smtp('EAUTH', 'AUTH PLAIN', said), 'connect', [password]);
    expect(text).toBe('535-5.7.8 [secret] 535 [secret] [secret]');
  });

  it('never repeats what is no answer of a mail server', () => {
    const thrown = smtp('EPROTOCOL', 'CONN', 'SSH-2.0-internal', 'Invalid greeting. response=SSH-2.0-internal: SSH-2.0-internal');
    expect(faultOf(thrown, 'connect', []).text).toBe('');
    expect(scrub('x'.repeat(2_000), [])).toHaveLength(300);
  });
});

describe('the pauses between attempts', () => {
  it('grow to four hours and last more than a day together', () => {
    const pauses = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => retryAfterS(index + 1));
    expect(pauses.slice(0, 3)).toEqual([30, 60, 120]);
    expect(Math.max(...pauses)).toBe(14_400);
    expect(pauses.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(86_400);
  });
});
