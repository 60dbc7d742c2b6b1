import { UserError } from '@millwright/core';
import { certificateEnd, certificateFault } from '@millwright/egress';
import type { CredentialTypeInfo } from '@millwright/node-sdk';

type Fields = Readonly<Record<string, string>>;

/**
 * Checks a client certificate while whoever typed it in is there to put it right.
 * @throws UserError by what is wrong with it, with its field; no value is repeated
 */
export function checkCertificateFields({ auth }: CredentialTypeInfo, fields: Fields, nowMs: number): void {
  if (auth.kind !== 'mtls') return;
  const { certificate = '', privateKey = '', passphrase, ca } = fields;
  const given = { certificate, privateKey, ...(passphrase === undefined ? {} : { passphrase }), ...(ca === undefined ? {} : { ca }) };
  const fault = certificateFault(given, nowMs);
  if (fault === null || fault.code === 'client_certificate_not_yet') return;
  const { code, field, message, hint, at } = fault;
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  throw new UserError('unprocessable', {
    code,
    message: sentence,
    hint,
    details: { field, ...(at === undefined ? {} : { at: at.toISOString() }) },
  });
}

/** When what was typed in runs out by itself; null for kinds that do not say. */
export function endOf({ auth }: CredentialTypeInfo, { certificate = '' }: Fields): Date | null {
  return auth.kind === 'mtls' ? certificateEnd(certificate) : null;
}
