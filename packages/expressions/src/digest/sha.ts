import { bytesOf, padded, primes, rootFraction } from './blocks.ts';

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** SHA-1 (FIPS 180-4). */
export function sha1(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, { block: 64, isLittle: false });
  let state: readonly [number, number, number, number, number] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const words = new Int32Array(80);
  for (let start = 0; start < view.byteLength; start += 64) {
    for (let index = 0; index < 80; index += 1) {
      words[index] =
        index < 16
          ? view.getInt32(start + index * 4)
          : rotate((words[index - 3] ?? 0) ^ (words[index - 8] ?? 0) ^ (words[index - 14] ?? 0) ^ (words[index - 16] ?? 0), 1);
    }
    let [a, b, c, d, e] = state;
    for (let index = 0; index < 80; index += 1) {
      const sum = (rotate(a, 5) + mixed(index, [b, c, d]) + e + (words[index] ?? 0)) | 0;
      [a, b, c, d, e] = [sum, a, rotate(b, 30), c, d];
    }
    state = [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0, (state[4] + e) | 0];
  }
  return bytesOf(state, false);
}

function mixed(index: number, [b, c, d]: readonly [number, number, number]): number {
  if (index < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (index < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (index < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

/** Constants of SHA-256 and the starts of SHA-256 and SHA-224; made when first needed. */
let tables:
  | { readonly constants: readonly number[]; readonly start: readonly number[]; readonly shortStart: readonly number[] }
  | undefined;

function makeTables(): NonNullable<typeof tables> {
  const first = primes(64);
  return {
    constants: first.map((prime) => Number(rootFraction(prime, 3) >> 32n)),
    start: first.slice(0, 8).map((prime) => Number(rootFraction(prime, 2) >> 32n)),
    shortStart: first.slice(8, 16).map((prime) => Number(rootFraction(prime, 2) & 0xffff_ffffn)),
  };
}

/** SHA-256 (FIPS 180-4); SHA-224 is its first 28 bytes with another start. */
export function sha256(bytes: Uint8Array, isShort: boolean): Uint8Array {
  tables ??= makeTables();
  const view = padded(bytes, { block: 64, isLittle: false });
  let state = isShort ? tables.shortStart : tables.start;
  const words = new Int32Array(64);
  for (let start = 0; start < view.byteLength; start += 64) {
    schedule(words, view, start);
    state = compressed(state, words, tables.constants);
  }
  return bytesOf(state, false);
}

function schedule(words: Int32Array, view: DataView, start: number): void {
  for (let index = 0; index < 64; index += 1) {
    if (index < 16) {
      words[index] = view.getInt32(start + index * 4);
      continue;
    }
    const near = words[index - 15] ?? 0;
    const far = words[index - 2] ?? 0;
    const low = rotate(near, 25) ^ rotate(near, 14) ^ (near >>> 3);
    const high = rotate(far, 15) ^ rotate(far, 13) ^ (far >>> 10);
    words[index] = ((words[index - 16] ?? 0) + low + (words[index - 7] ?? 0) + high) | 0;
  }
}

function compressed(state: readonly number[], words: Int32Array, constants: readonly number[]): readonly number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < 64; index += 1) {
    const high = rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7);
    const first = (h + high + ((e & f) ^ (~e & g)) + (constants[index] ?? 0) + (words[index] ?? 0)) | 0;
    const low = rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10);
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
  }
  return [a, b, c, d, e, f, g, h].map((word, index) => (word + (state[index] ?? 0)) | 0);
}
