import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A certificate that signs for itself, and its key, both PEM. */
export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
}

/** DER: tag, length, content. */
function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => tlv(0x06, Buffer.from(bytes));
const ECDSA_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const COMMON_NAME = oid(0x55, 0x04, 0x03);
const BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
const ALTERNATIVE_NAME = oid(0x55, 0x1d, 0x11);
const YES = tlv(0x01, Buffer.from([0xff]));

function nameOf(host: string): Buffer {
  return sequence(tlv(0x31, sequence(COMMON_NAME, tlv(0x0c, Buffer.from(host)))));
}

function time(ms: number): Buffer {
  return tlv(0x18, Buffer.from(`${new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`));
}

function alternativeName(host: string): Buffer {
  const isAddress = /^[\d.]+$/.test(host);
  return isAddress ? tlv(0x87, Buffer.from(host.split('.').map(Number))) : tlv(0x82, Buffer.from(host));
}

/**
 * Makes a self-signed certificate (X.509 v3, P-256) without a tool of the system.
 * @param host name or IPv4 address that it is for
 * @param days from yesterday; negative: it has run out
 */
export function makeCertificate(host: string, days = 30): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const from = Date.now() - 86_400_000 * (days < 0 ? 400 : 1);
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(8)]);
  const extensions = sequence(
    sequence(BASIC_CONSTRAINTS, YES, tlv(0x04, sequence(YES))),
    sequence(ALTERNATIVE_NAME, tlv(0x04, sequence(alternativeName(host)))),
  );
  const signed = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, serial),
    ECDSA_SHA256,
    nameOf(host),
    sequence(time(from), time(Date.now() + 86_400_000 * days)),
    nameOf(host),
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, extensions),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', signed, privateKey));
  const der = sequence(signed, ECDSA_SHA256, signature).toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`,
  };
}
