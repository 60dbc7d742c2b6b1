import { typeError } from '../errors.ts';
import { toJson } from '../result.ts';
import type { Run } from '../runtime/run.ts';
import { isList, isPlain, put, type Value } from '../runtime/value.ts';
import { callFunction } from './functions.ts';
import { parseQuery, type Query } from './parse.ts';
import { Reference } from './reference.ts';

/**
 * What a JMESPath query finds in data; null for nothing.
 * @throws ExpressionError `expression_type` for a query that cannot be read or used
 */
export function searchJson(text: string, data: Value, run: Run): Value {
  run.spend(text.length);
  return new Search(run).find(parseQuery(text), toJson(data, run));
}

class Search {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  find(query: Query, data: Value): Value {
    this.#run.spend(1);
    switch (query.type) {
      case 'current':
        return data;
      case 'literal':
        return query.value;
      case 'field':
        return isPlain(data) && Object.hasOwn(data, query.name) ? data[query.name] : null;
      case 'index':
        return elementAt(this.find(query.of, data), query.index);
      case 'slice':
        return this.#slice(this.find(query.of, data), query.parts);
      case 'project':
        return this.#project(query, data);
      case 'chain': {
        const first = this.find(query.first, data);
        return this.find(query.after, first);
      }
      case 'or': {
        const left = this.find(query.left, data);
        return isTrue(left) ? left : this.find(query.right, data);
      }
      case 'and': {
        const left = this.find(query.left, data);
        return isTrue(left) ? this.find(query.right, data) : left;
      }
      case 'not':
        return !isTrue(this.find(query.of, data));
      case 'compare':
        return this.#compare(query, data);
      case 'list':
        return data === null ? null : query.all.map((one) => this.find(one, data));
      case 'object':
        return this.#object(query.fields, data);
      case 'call':
        return callFunction(
          query.name,
          query.args.map((one) => this.find(one, data)),
          this.#run,
        );
      case 'reference':
        return new Reference((value) => this.find(query.to, value));
    }
  }

  #project({ of, how, test, after }: Query & { readonly type: 'project' }, data: Value): Value {
    const base = this.find(of, data);
    const elements = how === 'values' ? (isPlain(base) ? Object.values(base) : undefined) : isList(base) ? base : undefined;
    if (elements === undefined) return null;
    this.#run.chargeList(elements.length);
    const open = how === 'flat' ? elements.flat() : elements;
    this.#run.chargeList(open.length);
    return open
      .filter((one) => test === undefined || isTrue(this.find(test, one)))
      .map((one) => this.find(after, one))
      .filter((one) => one !== null && one !== undefined);
  }

  #slice(value: Value, [start, end, by = 1]: readonly (number | undefined)[]): Value {
    if (!isList(value)) return null;
    if (by === 0) throw typeError('JMESPath: step 0', 'The step of a slice cannot be 0.');
    this.#run.chargeList(value.length);
    const bound = (at: number): number =>
      Math.min(Math.max(at < 0 ? at + value.length : at, by < 0 ? -1 : 0), by < 0 ? value.length - 1 : value.length);
    const from = start === undefined ? (by < 0 ? value.length - 1 : 0) : bound(start);
    const to = end === undefined ? (by < 0 ? -1 : value.length) : bound(end);
    const taken: Value[] = [];
    for (let at = from; by < 0 ? at > to : at < to; at += by) taken.push(value[at]);
    return taken;
  }

  #compare({ operator, left, right }: Query & { readonly type: 'compare' }, data: Value): Value {
    const first = this.find(left, data);
    const second = this.find(right, data);
    if (operator === '==' || operator === '!=') return this.#isEqual(first, second) === (operator === '==');
    if (typeof first !== 'number' || typeof second !== 'number') return null;
    if (operator === '<') return first < second;
    if (operator === '<=') return first <= second;
    return operator === '>' ? first > second : first >= second;
  }

  #isEqual(left: Value, right: Value): boolean {
    if (left === right) return true;
    if (typeof left !== 'object' || typeof right !== 'object') return false;
    return JSON.stringify(toJson(left, this.#run)) === JSON.stringify(toJson(right, this.#run));
  }

  #object(fields: readonly (readonly [string, Query])[], data: Value): Value {
    if (data === null) return null;
    const into: Record<string, Value> = {};
    for (const [name, query] of fields) put(into, name, this.find(query, data));
    return into;
  }
}

function elementAt(value: Value, index: number): Value {
  return isList(value) ? (value.at(index) ?? null) : null;
}

/** JMESPath's truth: null, false, and empty texts, lists and objects are false; 0 is true. */
function isTrue(value: Value): boolean {
  if (value === null || value === undefined || value === false || value === '') return false;
  if (isList(value)) return value.length > 0;
  return !isPlain(value) || Object.keys(value).length > 0;
}
