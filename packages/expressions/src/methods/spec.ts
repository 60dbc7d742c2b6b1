import { typeError } from '../errors.ts';
import { isExtension } from '../profile.ts';
import type { Run } from '../runtime/run.ts';
import { numberOf, toNumber, toText } from '../runtime/text.ts';
import { describeKind, isList, isPlain, Lambda, type Plain, type Value } from '../runtime/value.ts';

/** One function of the language: what it does, and how it is described to people. */
export interface Method<Self> {
  /** The parameters, such as `(separator, limit?)`. */
  readonly signature: string;
  /** One line. */
  readonly doc: string;
  /** An expression that works anywhere. */
  readonly example: string;
  readonly perform: (self: Self, args: Args, run: Run) => Value;
}

/** The functions of one type by name. */
export type MethodTable<Self> = Readonly<Record<string, Method<Self>>>;

/** Tables as one, to find functions by name. */
export function tableOf<Self>(...tables: readonly MethodTable<Self>[]): ReadonlyMap<string, Method<Self>> {
  return new Map(tables.flatMap((table) => Object.entries(table)));
}

/** A part of a value that is read without calling. */
export interface Property<Self> {
  readonly doc: string;
  readonly read: (self: Self) => Value;
}

/** The arguments of one call, read by type. Every reader throws ExpressionError `expression_type` for anything else. */
export class Args {
  readonly name: string;
  readonly values: readonly Value[];
  readonly #loose: Run | undefined;

  /** @param loose an evaluation in the n8n profile: JavaScript's functions take anything, as text or number */
  constructor(name: string, values: readonly Value[], loose?: Run) {
    this.name = name;
    this.values = values;
    this.#loose = loose?.isLoose === true && !isExtension(name) ? loose : undefined;
  }

  /** Whether the argument is there and not undefined. */
  has(index: number): boolean {
    return this.values[index] !== undefined;
  }

  value(index: number): Value {
    return this.values[index];
  }

  text(index: number, fallback?: string): string {
    const value = this.values[index] ?? fallback;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (this.#loose !== undefined) return toText(value, this.#loose);
    throw this.wrong(index, 'text');
  }

  number(index: number, fallback?: number): number {
    const value = this.values[index] ?? fallback;
    if (typeof value === 'number') return value;
    if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
    if (this.#loose !== undefined) return numberOf(value, this.#loose);
    throw this.wrong(index, 'a number');
  }

  /** Any value as a number, as JavaScript would. */
  coerced(index: number): number {
    const value = this.values[index];
    return this.#loose === undefined ? toNumber(value) : numberOf(value, this.#loose);
  }

  /** A number that may be left out. */
  optionalNumber(index: number): number | undefined {
    return this.has(index) ? this.number(index) : undefined;
  }

  lambda(index: number): Lambda {
    const value = this.values[index];
    if (value instanceof Lambda) return value;
    throw this.wrong(index, 'a function such as `x => x.name`');
  }

  list(index: number): readonly Value[] {
    const value = this.values[index];
    if (isList(value)) return value;
    throw this.wrong(index, 'a list');
  }

  object(index: number): Plain {
    const value = this.values[index];
    if (isPlain(value)) return value;
    throw this.wrong(index, 'an object');
  }

  /** The error for an argument of the wrong type. */
  wrong(index: number, wanted: string): Error {
    const value = this.values[index];
    const got = value === undefined ? 'nothing' : describeKind(value);
    return typeError(
      `${this.name}: argument ${index + 1} is ${got}`,
      `\`${this.name}\` takes ${wanted} ${index === 0 ? 'first' : `as argument ${index + 1}`}, and got ${got}.`,
    );
  }
}
