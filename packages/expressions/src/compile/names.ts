import { deniedError } from '../errors.ts';

/** `const` cannot be assigned again; `var` belongs to the whole function and may be declared twice. Parameters are `let`. */
export type Declaring = 'const' | 'let' | 'var';

/** Where a variable lives: how many functions outwards, and which slot there. */
export interface Slot {
  readonly hops: number;
  readonly index: number;
  readonly isConstant: boolean;
}

/** The variables that are visible at a place in the source. One frame per function; blocks share their function's frame. */
export class Names {
  readonly #own = new Map<string, { readonly index: number; readonly isConstant: boolean }>();
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
  declare(name: string, how: Declaring = 'let'): number {
    if (how === 'var' && !this.#isFunction && this.#outer !== undefined) return this.#outer.declare(name, how);
    const known = this.#own.get(name);
    if (known !== undefined && how === 'var') return known.index;
    if (known !== undefined) throw deniedError(`${name} declared twice`, `\`${name}\` already exists here.`);
    const index = this.#counter.next;
    this.#counter.next += 1;
    this.#own.set(name, { index, isConstant: how === 'const' });
    return index;
  }

  /** Where a name lives; undefined when it is no variable. `hops`: functions gone outwards already. */
  find(name: string, hops = 0): Slot | undefined {
    const own = this.#own.get(name);
    if (own !== undefined) return { hops, ...own };
    return this.#outer?.find(name, hops + (this.#isFunction ? 1 : 0));
  }

  /** Every name that is visible. */
  all(): readonly string[] {
    return [...this.#own.keys(), ...(this.#outer?.all() ?? [])];
  }
}
