import type { Resources } from '../../i18n/resources.ts';

type FaultKey = keyof Resources['mail']['faults'];

const KEYS: readonly FaultKey[] = [
  'mail_host_unknown',
  'mail_unreachable',
  'mail_address_refused',
  'mail_certificate',
  'mail_no_tls',
  'mail_tls_mismatch',
  'mail_sign_in',
  'mail_sender_refused',
  'mail_no_smtp',
  'mail_connection_lost',
  'mail_password_unreadable',
  'mail_later',
  'mail_recipient_refused',
  'mail_content_refused',
  'mail_gave_up',
  'mail_expired',
];

/** The text for a code of the server; one that this build does not know has words too. */
export function faultKey(code: string | null): `faults.${FaultKey}` {
  return `faults.${KEYS.find((key) => key === code) ?? 'unknown'}`;
}
