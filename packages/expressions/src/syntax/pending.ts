/** Mistakes that are none if what was read turns out to be a pattern, or the other way round. Positions; -1: none. */
export class Pending {
  /** `{ a = 1 }`, which only a pattern may have. */
  shorthand = -1;
  /** `__proto__` twice, which only a pattern may have. */
  proto = -1;
  /** A comma after `...a`, which no pattern may have. */
  comma = -1;
  /** Parentheses around what cannot be assigned so. */
  assigned = -1;
  /** Parentheses, which no parameter may have. */
  bound = -1;

  /** Whether it can only be a pattern. */
  get isPattern(): boolean {
    return this.shorthand >= 0 || this.proto >= 0;
  }
}
