/** Chance that follows from a seed alone: splitmix32. */
export class SeededRandom {
  #state: number;

  /** @param seed a whole number */
  constructor(seed: number) {
    this.#state = seed >>> 0;
    // Neighbouring seeds must not begin alike.
    this.#state = Math.imul(this.#next() ^ Math.floor(seed / 2 ** 32), 0x9e3779b1) >>> 0;
  }

  /** A whole number from 0 to `below` − 1; 0 where `below` is 1 or less. */
  int(below: number): number {
    return below <= 1 ? 0 : this.#next() % below;
  }

  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean {
    return this.#next() < probability * 2 ** 32;
  }

  /** One of a list. @throws Error where it is empty */
  pick<T>(list: readonly T[]): T {
    const one = list[this.int(list.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }

  /** One of a table of weights. @throws Error where it is empty */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let at = this.int(entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [key, weight] of entries) {
      if (at < weight) return key;
      at -= weight;
    }
    throw new Error('nothing to pick from');
  }

  /** The same elements, in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const left = [...list];
    return list.map(() => left.splice(this.int(left.length), 1)[0] as T);
  }

  #next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  }
}
