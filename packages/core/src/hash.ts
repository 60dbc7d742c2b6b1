import { hash } from 'node:crypto';
import { canonicalJson, type JsonValue } from './json.ts';

/** SHA-256 of a text (UTF-8) or of bytes. */
export function hashBytes(data: string | Uint8Array): Uint8Array {
  return hash('sha256', data, 'buffer');
}

/** SHA-256 in lower-case hex. */
export function hashHex(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** Content address of a JSON value: the hex SHA-256 of its canonical form. */
export function hashJson(value: JsonValue): string {
  return hashHex(canonicalJson(value));
}
