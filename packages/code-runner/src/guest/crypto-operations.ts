/** What `crypto` of a context asks for: base64 in JSON in, base64 out. */
import type * as Crypto from 'node:crypto';

let loaded: typeof Crypto | undefined;

/** Loaded when first asked for: it is a fifth of what a process costs to start. */
const crypto = (): typeof Crypto => (loaded ??= process.getBuiltinModule('node:crypto'));

type Fields = Readonly<Record<string, unknown>>;

const MAX_RANDOM_BYTES = 1024 * 1024;
const MAX_DERIVED_BYTES = 4096;

const text = (fields: Fields, name: string): string => String(fields[name]);
const bytes = (fields: Fields, name: string): Buffer => Buffer.from(text(fields, name), 'base64');
const parts = (fields: Fields): Buffer =>
  Buffer.concat((Array.isArray(fields['parts']) ? fields['parts'] : []).map((part: unknown) => Buffer.from(String(part), 'base64')));

function size(fields: Fields, most: number): number {
  const wanted = Number(fields['size']);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > most) throw new Error(`a size between 0 and ${most} is needed`);
  return wanted;
}

/** One text enciphered or deciphered; the tag of an authenticated cipher is appended, or checked. */
function cipher(fields: Fields): Buffer {
  // The cast names the family with tags: others ignore what is not called.
  const algorithm = text(fields, 'algorithm') as Crypto.CipherGCMTypes;
  const iv = fields['iv'] === null ? null : bytes(fields, 'iv');
  const isTagged = fields['tagged'] === true;
  if (fields['decrypt'] === true) {
    const made = crypto().createDecipheriv(algorithm, bytes(fields, 'key'), iv as Buffer);
    if (isTagged) made.setAuthTag(bytes(fields, 'tag'));
    if (fields['aad'] !== undefined) made.setAAD(bytes(fields, 'aad'));
    return Buffer.concat([made.update(parts(fields)), made.final()]);
  }
  const made = crypto().createCipheriv(algorithm, bytes(fields, 'key'), iv as Buffer);
  if (fields['aad'] !== undefined) made.setAAD(bytes(fields, 'aad'));
  const out = Buffer.concat([made.update(parts(fields)), made.final()]);
  return isTagged ? Buffer.concat([out, made.getAuthTag()]) : out;
}

function equal(fields: Fields): Buffer {
  const one = bytes(fields, 'one');
  const other = bytes(fields, 'other');
  if (one.length !== other.length) throw new Error('both values need the same length');
  return Buffer.from([crypto().timingSafeEqual(one, other) ? 1 : 0]);
}

const OPERATIONS: Readonly<Record<string, (fields: Fields) => Buffer>> = {
  hash: (fields) => crypto().createHash(text(fields, 'algorithm')).update(parts(fields)).digest(),
  hmac: (fields) => crypto().createHmac(text(fields, 'algorithm'), bytes(fields, 'key')).update(parts(fields)).digest(),
  random: (fields) => crypto().randomBytes(size(fields, MAX_RANDOM_BYTES)),
  uuid: () => Buffer.from(crypto().randomUUID()),
  randomInt: (fields) => Buffer.from(String(crypto().randomInt(Number(fields['low']), Number(fields['high'])))),
  equal,
  cipher,
  sign: (fields) => crypto().createSign(text(fields, 'algorithm')).update(parts(fields)).sign(text(fields, 'key')),
  scrypt: (fields) => crypto().scryptSync(bytes(fields, 'password'), bytes(fields, 'salt'), size(fields, MAX_DERIVED_BYTES)),
  pbkdf2: (fields) =>
    crypto().pbkdf2Sync(
      bytes(fields, 'password'),
      bytes(fields, 'salt'),
      Number(fields['iterations']),
      size(fields, MAX_DERIVED_BYTES),
      text(fields, 'digest'),
    ),
};

/** Runs one operation. @throws Error when there is none, or its fields do not fit */
export function runCrypto(operation: string, fieldsText: string): string {
  const run = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
  if (run === undefined) throw new Error(`crypto has no ${operation} here`);
  return run(JSON.parse(fieldsText) as Fields).toString('base64');
}
