import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import { InvariantError } from '@millwright/core';

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;

/** The message of whatever does not open; says nothing of what is inside. */
export class SealBroken extends InvariantError {}

/** A nonce for one write. */
export function freshNonce(): Uint8Array {
  return randomBytes(NONCE_BYTES);
}

/**
 * Encrypts with AES-256-GCM under a fresh random nonce: format, nonce, ciphertext, tag.
 * @param place what it is bound to: it opens only there
 */
export function sealBytes(key: KeyObject, place: Uint8Array, plain: Uint8Array): Uint8Array {
  const nonce = freshNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(place);
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/**
 * Decrypts; the caller wipes what it gets when done with it.
 * @throws SealBroken where the key is another one, the place is, or a bit was changed
 */
export function openBytes(key: KeyObject, place: Uint8Array, sealed: Uint8Array): Buffer {
  const tagAt = sealed.length - TAG_BYTES;
  if (sealed[0] !== FORMAT || tagAt < HEAD_BYTES) {
    throw new SealBroken({ code: 'seal_format', message: 'something sealed has an unknown format' });
  }
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, HEAD_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(place)
    .setAuthTag(sealed.subarray(tagAt));
  const plain = decipher.update(sealed.subarray(HEAD_BYTES, tagAt));
  try {
    decipher.final();
    return plain;
  } catch {
    plain.fill(0);
    throw new SealBroken({ code: 'seal_broken', message: 'something sealed does not open with this key at this place' });
  }
}

/** What something is bound to, as additional data: no part may run into the next. */
export function placeOf(kind: string, ...parts: readonly string[]): Uint8Array {
  return Buffer.from([`millwright/${kind}/${String(FORMAT)}`, ...parts].join('\n'));
}
