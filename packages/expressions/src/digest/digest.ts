import { md5 } from './md5.ts';
import { sha1, sha256 } from './sha.ts';
import { sha512 } from './sha512.ts';

const digests: ReadonlyMap<string, (bytes: Uint8Array) => Uint8Array> = new Map([
  ['md5', md5],
  ['sha1', sha1],
  ['sha224', (bytes) => sha256(bytes, true).subarray(0, 28)],
  ['sha256', (bytes) => sha256(bytes, false)],
  ['sha384', (bytes) => sha512(bytes, true).subarray(0, 48)],
  ['sha512', (bytes) => sha512(bytes, false)],
]);

/** Every name that {@link digest} knows. */
export const digestNames: readonly string[] = [...digests.keys(), 'base64'];

/**
 * A digest in hexadecimal, computed here because browsers compute theirs in promises, and expressions do not wait. `base64` is the bytes
 * themselves, as n8n has it. Undefined for a name that is not known. For file names and keys, never for passwords.
 */
export function digest(name: string, bytes: Uint8Array): string | undefined {
  if (name === 'base64') return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const of = digests.get(name);
  return of === undefined ? undefined : Array.from(of(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
