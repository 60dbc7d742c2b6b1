import { deniedError } from '../errors.ts';

/** Where a variable lives: how many functions outwards, and which slot there. */
export interface Slot {
  readonly hops: number;
  readonly index: number;
}

/** The variables that are visible at a place in the source. One frame per function; blocks share their function's frame. */
export class Names {
  readonly #own = new Map<string, number>();
  readonly #outer: Names | undefined;
  readonly #counter: { next: number };
  readonly #isFunction: boolean;

  private constructor(outer: Names | undefined, isFunction: boolean) {
    this.#outer = outer;
    this.#isFunction = isFunction;
    this.#counter = isFunction || outer === undefined ? { next: 0 } : outer.#counter;
  }

  /** No variables: where an expression starts. */
  static none(): Names {
    return new Names(undefined, true);
  }

  /** Inside a function. */
  inFunction(): Names {
    return new Names(this, true);
  }

  /** Inside a block of the same function. */
  inBlock(): Names {
    return new Names(this, false);
  }

  /**
   * A new variable's slot.
   * @throws ExpressionError `expression_denied` when the name is taken in this block
   */
  declare(name: string): number {
    if (this.#own.has(name)) throw deniedError(`${name} declared twice`, `\`${name}\` already exists here.`);
    const index = this.#counter.next;
    this.#counter.next += 1;
    this.#own.set(name, index);
    return index;
  }

  /** Where a name lives; undefined when it is no variable. `hops`: functions gone outwards already. */
  find(name: string, hops = 0): Slot | undefined {
    const index = this.#own.get(name);
    if (index !== undefined) return { hops, index };
    return this.#outer?.find(name, hops + (this.#isFunction ? 1 : 0));
  }

  /** Every name that is visible. */
  all(): readonly string[] {
    return [...this.#own.keys(), ...(this.#outer?.all() ?? [])];
  }
}
