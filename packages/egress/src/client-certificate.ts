import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { ConnectorError } from '@millwright/core';

/** What a client shows of itself when TLS begins; all PEM. Never logged, and kept no longer than a request lasts. */
export interface ClientCertificate {
  /** The certificate, and behind it those between it and its authority. */
  readonly certificate: string;
  readonly privateKey: string;
  /** Of the key. Absent: it has none. */
  readonly passphrase?: string;
  /** Authorities that the service's own certificate is judged by, in place of the public ones. */
  readonly ca?: string;
}

/** What is wrong with one, as far as that can be seen here. */
export interface CertificateFault {
  readonly code:
    | 'client_certificate_unreadable'
    | 'client_certificate_key_unreadable'
    | 'client_certificate_passphrase'
    | 'client_certificate_key_other'
    | 'client_certificate_expired'
    | 'client_certificate_not_yet'
    | 'client_certificate_ca_unreadable';
  readonly field: keyof ClientCertificate;
  readonly message: string;
  readonly hint: string;
  /** Where its time is what is wrong: when it ended, or begins. */
  readonly at?: Date;
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a text; null where it holds none, or one that cannot be read. */
function certificatesIn(text: string): readonly X509Certificate[] | null {
  try {
    const found = (text.match(BLOCK) ?? []).map((block) => new X509Certificate(block));
    return found.length === 0 ? null : found;
  } catch {
    return null;
  }
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function timeFault(certificate: X509Certificate, nowMs: number): CertificateFault | null {
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  const fault = { field: 'certificate', hint: 'Put the certificate and key that are valid now into the connection.' } as const;
  if (to.getTime() <= nowMs)
    return { ...fault, code: 'client_certificate_expired', message: `the client certificate ran out on ${day(to)}`, at: to };
  if (from.getTime() > nowMs)
    return { ...fault, code: 'client_certificate_not_yet', message: `the client certificate is valid from ${day(from)} on`, at: from };
  return null;
}

function keyFault({ privateKey, passphrase }: ClientCertificate, thrown: unknown): CertificateFault {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ERR_MISSING_PASSPHRASE' || /-----BEGIN ENCRYPTED|^Proc-Type:.*ENCRYPTED/m.test(privateKey))
    return {
      code: 'client_certificate_passphrase',
      field: 'passphrase',
      message: passphrase === undefined ? 'the private key is locked by a passphrase' : 'the passphrase does not open the private key',
      hint: 'Enter the passphrase that the key was locked with.',
    };
  return {
    code: 'client_certificate_key_unreadable',
    field: 'privateKey',
    message: 'the private key cannot be read',
    hint: 'Paste the whole text of the key file, from "-----BEGIN" to "-----END … PRIVATE KEY-----".',
  };
}

function keyOf(given: ClientCertificate): KeyObject | CertificateFault {
  const { privateKey, passphrase } = given;
  try {
    return createPrivateKey({ key: privateKey, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (thrown) {
    return keyFault(given, thrown);
  }
}

/** What is wrong with a client certificate before anybody is shown it; null where nothing is seen. No value is repeated. */
export function certificateFault(given: ClientCertificate, nowMs: number): CertificateFault | null {
  const [own] = certificatesIn(given.certificate) ?? [];
  if (own === undefined)
    return {
      code: 'client_certificate_unreadable',
      field: 'certificate',
      message: 'the client certificate cannot be read',
      hint: 'Paste the whole text of the certificate file, from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".',
    };
  const key = keyOf(given);
  if ('code' in key) return key;
  if (!own.checkPrivateKey(key))
    return {
      code: 'client_certificate_key_other',
      field: 'privateKey',
      message: 'the private key belongs to another certificate',
      hint: 'Use the key that the certificate was made with.',
    };
  if (given.ca !== undefined && certificatesIn(given.ca) === null)
    return {
      code: 'client_certificate_ca_unreadable',
      field: 'ca',
      message: 'the certificate authority cannot be read',
      hint: 'Paste its certificate in PEM, or leave the field empty where a public authority signed.',
    };
  return timeFault(own, nowMs);
}

/** When a certificate runs out; null where it cannot be read. */
export function certificateEnd(certificate: string): Date | null {
  const [own] = certificatesIn(certificate) ?? [];
  return own === undefined ? null : new Date(own.validTo);
}

/** @throws ConnectorError `auth` by what is wrong with it: nothing was sent */
export function checkCertificate(given: ClientCertificate, nowMs: number): void {
  const fault = certificateFault(given, nowMs);
  if (fault === null) return;
  const { code, message, hint, field } = fault;
  throw new ConnectorError('auth', { code, message, hint, details: { field, sent: false } });
}
