import { bytesOf, padded } from './blocks.ts';

const sines: readonly number[] = Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32));
const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21] as const;

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** MD5 (RFC 1321). */
export function md5(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, { block: 64, isLittle: true });
  let state: readonly [number, number, number, number] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  for (let start = 0; start < view.byteLength; start += 64) {
    let [a, b, c, d] = state;
    for (let index = 0; index < 64; index += 1) {
      const { mixed, word } = round(index, [b, c, d]);
      const sum = (a + mixed + (sines[index] ?? 0) + view.getUint32(start + word * 4, true)) | 0;
      const shift = shifts[(index >> 4) * 4 + (index % 4)] ?? 0;
      [a, b, c, d] = [d, (b + rotate(sum, shift)) | 0, b, c];
    }
    state = [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0];
  }
  return bytesOf(state, true);
}

function round(index: number, [b, c, d]: readonly [number, number, number]): { readonly mixed: number; readonly word: number } {
  if (index < 16) return { mixed: (b & c) | (~b & d), word: index };
  if (index < 32) return { mixed: (d & b) | (~d & c), word: (5 * index + 1) % 16 };
  if (index < 48) return { mixed: b ^ c ^ d, word: (3 * index + 5) % 16 };
  return { mixed: c ^ (b | ~d), word: (7 * index) % 16 };
}
