import { padded, primes, rootFraction } from './blocks.ts';

const mask = 0xffff_ffff_ffff_ffffn;

function rotate(word: bigint, by: bigint): bigint {
  return ((word >> by) | (word << (64n - by))) & mask;
}

/** Constants of SHA-512 and the starts of SHA-512 and SHA-384; made when first needed. */
let tables:
  | { readonly constants: readonly bigint[]; readonly start: readonly bigint[]; readonly shortStart: readonly bigint[] }
  | undefined;

function makeTables(): NonNullable<typeof tables> {
  const first = primes(80);
  return {
    constants: first.map((prime) => rootFraction(prime, 3)),
    start: first.slice(0, 8).map((prime) => rootFraction(prime, 2)),
    shortStart: first.slice(8, 16).map((prime) => rootFraction(prime, 2)),
  };
}

/** SHA-512 (FIPS 180-4); SHA-384 is its first 48 bytes with another start. */
export function sha512(bytes: Uint8Array, isShort: boolean): Uint8Array {
  tables ??= makeTables();
  const view = padded(bytes, { block: 128, isLittle: false });
  let state = isShort ? tables.shortStart : tables.start;
  for (let start = 0; start < view.byteLength; start += 128) state = compressed(state, schedule(view, start), tables.constants);
  const out = new DataView(new ArrayBuffer(64));
  for (const [index, word] of state.entries()) out.setBigUint64(index * 8, word);
  return new Uint8Array(out.buffer);
}

function schedule(view: DataView, start: number): readonly bigint[] {
  const words = Array.from({ length: 16 }, (_, index) => view.getBigUint64(start + index * 8));
  for (let index = 16; index < 80; index += 1) {
    const near = words[index - 15] ?? 0n;
    const far = words[index - 2] ?? 0n;
    const low = rotate(near, 1n) ^ rotate(near, 8n) ^ (near >> 7n);
    const high = rotate(far, 19n) ^ rotate(far, 61n) ^ (far >> 6n);
    words.push(((words[index - 16] ?? 0n) + low + (words[index - 7] ?? 0n) + high) & mask);
  }
  return words;
}

function compressed(state: readonly bigint[], words: readonly bigint[], constants: readonly bigint[]): readonly bigint[] {
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (const [index, word] of words.entries()) {
    const high = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
    const first = (h + high + ((e & f) ^ (~e & mask & g)) + (constants[index] ?? 0n) + word) & mask;
    const low = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) & mask;
    [a, b, c, d, e, f, g, h] = [(first + second) & mask, a, b, c, (d + first) & mask, e, f, g];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + (state[index] ?? 0n)) & mask);
}
