/** A message filled up to whole blocks: a bit, zeros, and its length in bits (RFC 1321, FIPS 180-4). */
export function padded(bytes: Uint8Array, { block, isLittle }: { readonly block: 64 | 128; readonly isLittle: boolean }): DataView {
  const tail = block === 64 ? 8 : 16;
  const length = Math.ceil((bytes.length + 1 + tail) / block) * block;
  const whole = new Uint8Array(length);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setBigUint64(length - 8, BigInt(bytes.length) * 8n, isLittle);
  return view;
}

/** Words of 32 bits as bytes. */
export function bytesOf(words: readonly number[], isLittle: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4));
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word >>> 0, isLittle);
  return new Uint8Array(view.buffer);
}

/** The first prime numbers, from which the constants of SHA-2 are made. */
export function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  return found;
}

/** The first 64 bits after the point of a root (2 or 3) of a whole number. */
export function rootFraction(value: number, root: 2 | 3): bigint {
  const scaled = BigInt(value) << BigInt(64 * root);
  let low = 0n;
  let high = 1n << 72n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** BigInt(root) <= scaled) low = middle;
    else high = middle;
  }
  return low & 0xffff_ffff_ffff_ffffn;
}
