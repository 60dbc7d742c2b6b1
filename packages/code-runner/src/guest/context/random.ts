/** FNV-1a over UTF-16 units, 32 bit. */
function hash(text: string, start: number): number {
  let value = start >>> 0;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

/** @see sfc32, Chris Doty-Humphrey, PractRand */
function generator(seed: string): () => number {
  let a = hash(seed, 0x811c9dc5);
  let b = hash(seed, a);
  let c = hash(seed, b);
  let counter = 1;
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  for (let round = 0; round < 12; round++) draw();
  return draw;
}

/** Makes `Math.random` derive from the seed, so that a call that is computed again draws the same. */
export function seedRandom(seed: string): void {
  let draw: (() => number) | undefined;
  Math.random = () => (draw ??= generator(seed))();
}
