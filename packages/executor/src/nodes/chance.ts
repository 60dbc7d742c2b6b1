import { hashBytes, hashHex } from '@millwright/core/hash';

/**
 * The key that a vendor gets: 36 characters in the form of a UUID, which every vendor accepts.
 * The same parts give the same key.
 * @param sendNo tries of the key that ended in an answer after which the vendor wants a new one
 */
export function hash36(key: string, sendNo: number): string {
  const hex = hashHex(JSON.stringify([key, sendNo]));
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/** A number in [0, 1) that is the same for the same parts. */
export function chanceOf(...parts: readonly (string | number)[]): number {
  return new DataView(Uint8Array.from(hashBytes(JSON.stringify(parts))).buffer).getUint32(0) / 2 ** 32;
}

/** Numbers in [0, 1) that are the same, in the same order, for the same parts (mulberry32). */
export function randomOf(...parts: readonly (string | number)[]): () => number {
  let seed: number | undefined;
  return () => {
    seed = ((seed ?? Math.floor(chanceOf(...parts) * 2 ** 32)) + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
