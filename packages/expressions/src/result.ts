import type { JsonValue } from '@millwright/core';
import { limitError, typeError } from './errors.ts';
import { maxDepth } from './limits.ts';
import type { Run } from './runtime/run.ts';
import { isDate, isDuration, isList, Members, MovableDate, Opaque, Pairs, put, View, type Value } from './runtime/value.ts';

/**
 * A value as JSON: dates as ISO text, undefined and what is not a finite number as null. Data that is JSON already is returned as it is, not copied.
 * @throws ExpressionError `expression_type` for functions, `expression_limit` when too large or too deep
 */
export function toJson(value: Value, run: Run): JsonValue {
  return new Normaliser(run).normalise(value, 0);
}

class Normaliser {
  readonly #run: Run;
  #size = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  normalise(value: Value, depth: number): JsonValue {
    switch (typeof value) {
      case 'string':
        this.#grow(value.length);
        return value;
      case 'boolean':
        this.#grow(4);
        return value;
      case 'number':
        this.#grow(4);
        return Number.isFinite(value) ? value : null;
      case 'undefined':
        return null;
      case 'object':
        return value === null ? null : this.#object(value, depth);
      default:
        throw typeError('a function cannot be a result');
    }
  }

  #object(value: object, depth: number): JsonValue {
    this.#grow(4);
    if (depth > maxDepth) throw limitError('result nested too deeply', `Data in an expression can be nested up to ${maxDepth} deep.`);
    if (isList(value)) return this.#list(value, depth);
    if (isDate(value) || isDuration(value)) return value.toISO();
    if (value instanceof Members || value instanceof Pairs) return this.#list([...value.values], depth);
    if (value instanceof MovableDate) return value.current.toISO();
    if (value instanceof View)
      throw typeError('a node is not a value', `Say which data of ${value.title} you need, for example \`.item.json\`.`);
    if (value instanceof Opaque)
      throw typeError(
        'a function or regular expression cannot be a result',
        'The result must be data: a text, number, list or object. Call the function.',
      );
    return this.#plain(value as Readonly<Record<string, Value>>, depth);
  }

  #list(list: readonly Value[], depth: number): JsonValue {
    let copy: JsonValue[] | undefined;
    for (let index = 0; index < list.length; index += 1) {
      const before = list[index];
      const after = this.normalise(before, depth + 1);
      if (copy !== undefined) copy.push(after);
      else if (after !== before) copy = [...(list.slice(0, index) as JsonValue[]), after];
    }
    return copy ?? (list as readonly JsonValue[]);
  }

  #plain(object: Readonly<Record<string, Value>>, depth: number): JsonValue {
    const keys = Object.keys(object);
    let copy: Record<string, Value> | undefined;
    for (const [index, key] of keys.entries()) {
      this.#grow(key.length);
      const before = object[key];
      const after = this.normalise(before, depth + 1);
      if (copy === undefined && after !== before) {
        copy = {};
        for (const earlier of keys.slice(0, index)) put(copy, earlier, object[earlier]);
      }
      // JSON leaves out what is undefined.
      if (copy !== undefined && before !== undefined) put(copy, key, after);
    }
    return (copy ?? object) as JsonValue;
  }

  #grow(size: number): void {
    this.#size += size + 1;
    this.#run.spend(1 + (size >> 5));
    if (this.#size > this.#run.limits.outputSize)
      throw limitError('result too large', `The result of an expression can have up to ${this.#run.limits.outputSize} characters.`);
  }
}
