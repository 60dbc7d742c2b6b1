import type { Payload } from '@temporalio/common';

/** Held at once; those that did not come back leave first. */
const MAX_KEPT = 512;
/** Larger ones are decrypted, bytes. */
const MAX_BYTES = 16 * 1024;
/** What begins an encrypted payload and is new for each. */
const NONCE_BYTES = 12;

interface OwnPayload {
  readonly keyId: string;
  readonly encrypted: Buffer;
  readonly plain: Payload;
}

/**
 * Payloads that this process has encrypted lately, by what came of it. A run's input and the results of its segments mostly come back
 * to the process that wrote them, within milliseconds and to the byte: then they need not be decrypted and inflated. What differs in
 * a single bit is not found here, and has to pass the cipher.
 */
export class OwnPayloads {
  readonly #kept = new Map<string, OwnPayload>();

  keep(keyId: string, encrypted: Buffer, plain: Payload): void {
    if (encrypted.byteLength > MAX_BYTES) return;
    this.#kept.set(nonceOf(encrypted), { keyId, encrypted, plain });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** The payload that these bytes were made from here; once. */
  take(keyId: string, encrypted: Buffer): Payload | undefined {
    const nonce = nonceOf(encrypted);
    const own = this.#kept.get(nonce);
    if (own === undefined || own.keyId !== keyId || !own.encrypted.equals(encrypted)) return undefined;
    this.#kept.delete(nonce);
    return own.plain;
  }
}

function nonceOf(encrypted: Buffer): string {
  return encrypted.toString('latin1', 0, NONCE_BYTES);
}
