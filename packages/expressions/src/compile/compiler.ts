import type { AnyNode, Expression, Super } from 'acorn';
import { ExpressionError } from '../errors.ts';
import { maxDepth } from '../limits.ts';
import { type Declaring, Names } from './names.ts';
import type { Frame } from '../runtime/run.ts';
import type { Value } from '../runtime/value.ts';

/** A compiled piece of source: gives its value for a frame. */
export type Evaluate = (frame: Frame) => Value;

/** Where in the source a node is, for errors. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** How a node is read in its place. */
export interface Mode {
  /** A missing path is undefined instead of an error: left of `??` and `?.`. */
  readonly isLenient: boolean;
  /** Part of a chain with `?.`: what stops early gives {@link stopped}. */
  readonly isChain: boolean;
}

/** The ordinary reading: a missing path is an error. */
export const strict: Mode = { isLenient: false, isChain: false };
/** A missing path is undefined. */
export const lenient: Mode = { isLenient: true, isChain: false };
/** What a chain gives inside when `?.` met nothing. Becomes undefined where the chain ends. */
export const stopped: unique symbol = Symbol('stopped');

/** Gives the closure of one node; what it contains is compiled through the compiler. */
export type ClosureOf = (compiler: Compiler, node: Expression | Super, mode: Mode) => Evaluate;

/** Assignments and functions that change a list, as text. Missing one means that nothing can be changed, never that too much can. */
const changing = /[^=!<>]=(?![=>])|\+\+|--|\b(?:push|pop|shift|unshift|splice|fill|sort|reverse|copyWithin|assign)\b/u;

/** Turns one segment's syntax tree into closures. Holds what all node kinds need: source, variables, depth. */
export class Compiler {
  readonly #source: string;
  readonly #offset: number;
  readonly #closureOf: ClosureOf;
  /** The n8n profile. */
  readonly isLoose: boolean;
  /** Whether lists and objects that the source makes may be changed by it: then it is kept in mind which those are. */
  readonly changes: boolean;
  names = Names.none();
  /** How the variables of the pattern being compiled are declared. */
  declaring: Declaring = 'let';
  /** Nodes compiled so far: what a function's body costs to run. */
  nodeCount = 0;
  #depth = 0;
  #deepest = 0;

  /** @param place the whole template, and where in it the tree's positions start */
  constructor(
    place: { readonly source: string; readonly offset: number; readonly end: number; readonly isLoose: boolean },
    closureOf: ClosureOf,
  ) {
    this.#source = place.source;
    this.#offset = place.offset;
    this.#closureOf = closureOf;
    this.isLoose = place.isLoose;
    this.changes = changing.test(place.source.slice(place.offset, place.end));
  }

  /** @throws ExpressionError for what the language does not have, or nests too deeply */
  compile(node: Expression | Super, mode: Mode = strict): Evaluate {
    return this.deeper(node, () => this.#closureOf(this, node, this.isLoose && mode.isLenient ? { ...mode, isLenient: false } : mode));
  }

  /**
   * Compiles something inside something: counts it, and how deep it is.
   * @throws ExpressionError `expression_syntax` beyond the depth that is allowed
   */
  deeper<T>(node: AnyNode, make: () => T): T {
    this.nodeCount += 1;
    this.#depth += 1;
    if (this.#depth > maxDepth) throw this.tooDeep(node);
    if (this.#depth > this.#deepest) this.#deepest = this.#depth;
    const made = this.locate(node, make);
    this.#depth -= 1;
    return made;
  }

  /** Runs a compilation; an error without position gets the node's. */
  locate<T>(node: AnyNode, make: () => T): T {
    try {
      return make();
    } catch (error) {
      throw error instanceof ExpressionError && error.start === undefined ? error.at(this.place(node)) : error;
    }
  }

  /** Compiles the body of a function; says how deep and how large it is. */
  measured<T>(make: () => T): { readonly made: T; readonly depth: number; readonly cost: number } {
    const outerDeepest = this.#deepest;
    const nodesBefore = this.nodeCount;
    this.#deepest = this.#depth;
    const made = make();
    const depth = this.#deepest - this.#depth + 1;
    this.#deepest = Math.max(outerDeepest, this.#deepest);
    return { made, depth, cost: 1 + ((this.nodeCount - nodesBefore) >> 3) };
  }

  /** Compiles patterns whose variables are declared in a way. */
  declared<T>(how: Declaring, make: () => T): T {
    const before = this.declaring;
    this.declaring = how;
    const made = make();
    this.declaring = before;
    return made;
  }

  /** Compiles with other variables visible. */
  within<T>(names: Names, make: () => T): T {
    const before = this.names;
    this.names = names;
    const made = make();
    this.names = before;
    return made;
  }

  place(node: Place): Place {
    return { start: node.start + this.#offset, end: node.end + this.#offset };
  }

  /** The node's source text, shortened for messages. */
  textOf(node: Place): string {
    const { start, end } = this.place(node);
    return end - start <= 60 ? this.#source.slice(start, end) : `${this.#source.slice(start, start + 57)}...`;
  }

  tooDeep(node: Place): ExpressionError {
    return new ExpressionError({
      code: 'expression_syntax',
      message: 'source nested too deeply',
      hint: `An expression can be nested up to ${maxDepth} deep.`,
      ...this.place(node),
    });
  }
}

/** Gives an error that happens while evaluating its place in the source. */
export function placed(error: unknown, place: Place): unknown {
  return error instanceof ExpressionError && error.start === undefined ? error.at(place) : error;
}
