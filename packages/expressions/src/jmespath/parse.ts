import { limitError, typeError } from '../errors.ts';
import { type Token, tokensOf } from './tokens.ts';

/** The syntax tree of a JMESPath query. */
export type Query =
  | { readonly type: 'current' }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'literal'; readonly value: unknown }
  | { readonly type: 'index'; readonly of: Query; readonly index: number }
  | { readonly type: 'slice'; readonly of: Query; readonly parts: readonly (number | undefined)[] }
  /** For every element (`[]`, `[*]`), value (`*`) or matching element (`[? ]`) of one query, another. */
  | {
      readonly type: 'project';
      readonly of: Query;
      readonly how: 'list' | 'flat' | 'values' | 'slice';
      readonly test?: Query;
      readonly after: Query;
    }
  | { readonly type: 'chain'; readonly first: Query; readonly after: Query }
  | { readonly type: 'or' | 'and'; readonly left: Query; readonly right: Query }
  | { readonly type: 'not'; readonly of: Query }
  | { readonly type: 'compare'; readonly operator: string; readonly left: Query; readonly right: Query }
  | { readonly type: 'list'; readonly all: readonly Query[] }
  | { readonly type: 'object'; readonly fields: readonly (readonly [name: string, value: Query])[] }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Query[] }
  | { readonly type: 'reference'; readonly to: Query };

/** How strongly each sign binds what stands before it. */
const powers: Readonly<Record<string, number>> = {
  '|': 1,
  '||': 2,
  '&&': 3,
  '==': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '[]': 9,
  '*': 20,
  '[?': 21,
  '.': 40,
  '!': 45,
  '{': 50,
  '[': 55,
  '(': 60,
};
/** Where a projection ends. */
const projectionEnd = 10;
const deepest = 50;
const current: Query = { type: 'current' };

/**
 * Reads a JMESPath query (jmespath.org, a Pratt parser).
 * @throws ExpressionError `expression_type` where it cannot be read, `expression_limit` when nested too deeply
 */
export function parseQuery(text: string): Query {
  const parser = new Parser(tokensOf(text));
  return parser.whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Query {
    const query = this.#expression(0);
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return query;
  }

  #peek(ahead = 0): string {
    return this.#tokens[this.#at + ahead]?.kind ?? 'the end';
  }

  #take(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw this.#unexpected();
    this.#at += 1;
    return token;
  }

  #expect(kind: string): Token {
    if (this.#peek() !== kind) throw this.#unexpected();
    return this.#take();
  }

  #unexpected(): Error {
    return typeError(
      `JMESPath: unexpected ${this.#peek()}`,
      `The JMESPath query cannot be read: there is \`${this.#peek()}\` where something else should be.`,
    );
  }

  #expression(power: number): Query {
    this.#depth += 1;
    if (this.#depth > deepest)
      throw limitError('JMESPath query nested too deeply', `A JMESPath query can be nested up to ${deepest} deep.`);
    let left = this.#start();
    while (power < (powers[this.#peek()] ?? 0)) left = this.#after(left);
    this.#depth -= 1;
    return left;
  }

  #start(): Query {
    const token = this.#take();
    switch (token.kind) {
      case 'name':
        return this.#peek() === '(' ? this.#call(String(token.value)) : { type: 'field', name: String(token.value) };
      case 'literal':
        return { type: 'literal', value: token.value };
      case '@':
        return current;
      case '*':
        return { type: 'project', of: current, how: 'values', after: this.#projected(powers['*'] ?? 0) };
      case '[]':
        return { type: 'project', of: current, how: 'flat', after: this.#projected(powers['[]'] ?? 0) };
      case '[?':
        return this.#filter(current);
      case '[':
        return this.#opened();
      case '{':
        return this.#object();
      case '!':
        return { type: 'not', of: this.#expression(powers['!'] ?? 0) };
      case '&':
        return { type: 'reference', to: this.#expression(0) };
      case '(': {
        const inner = this.#expression(0);
        this.#expect(')');
        return inner;
      }
      default:
        this.#at -= 1;
        throw this.#unexpected();
    }
  }

  #after(left: Query): Query {
    const { kind } = this.#take();
    const power = powers[kind] ?? 0;
    switch (kind) {
      case '.':
        return this.#dotted(left);
      case '|':
        return { type: 'chain', first: left, after: this.#expression(power) };
      case '||':
        return { type: 'or', left, right: this.#expression(power) };
      case '&&':
        return { type: 'and', left, right: this.#expression(power) };
      case '[]':
        return { type: 'project', of: left, how: 'flat', after: this.#projected(power) };
      case '[?':
        return this.#filter(left);
      case '[':
        return this.#bracket(left);
      default:
        if (power !== 5) throw this.#unexpected();
        return { type: 'compare', operator: kind, left, right: this.#expression(power) };
    }
  }

  #dotted(left: Query): Query {
    if (this.#peek() === '*') {
      this.#take();
      return { type: 'project', of: left, how: 'values', after: this.#projected(powers['*'] ?? 0) };
    }
    return { type: 'chain', first: left, after: this.#afterDot(powers['.'] ?? 0) };
  }

  #afterDot(power: number): Query {
    if (this.#peek() === 'name' || this.#peek() === '*') return this.#expression(power);
    if (this.#peek() === '[') {
      this.#take();
      return this.#list();
    }
    this.#expect('{');
    return this.#object();
  }

  /** What comes after a projection belongs to each of its elements. */
  #projected(power: number): Query {
    const next = this.#peek();
    if ((powers[next] ?? 0) < projectionEnd) return current;
    if (next === '[' || next === '[?') return this.#expressionFrom(current, power);
    if (next !== '.') throw this.#unexpected();
    this.#take();
    return this.#afterDot(power);
  }

  #expressionFrom(start: Query, power: number): Query {
    let left = start;
    while (power < (powers[this.#peek()] ?? 0)) left = this.#after(left);
    return left;
  }

  #filter(of: Query): Query {
    const test = this.#expression(0);
    this.#expect(']');
    return { type: 'project', of, how: 'list', test, after: this.#peek() === '[]' ? current : this.#projected(powers['[?'] ?? 0) };
  }

  #opened(): Query {
    const isIndex = this.#peek() === 'number' || this.#peek() === ':' || (this.#peek() === '*' && this.#peek(1) === ']');
    return isIndex ? this.#bracket(current) : this.#list();
  }

  #bracket(of: Query): Query {
    if (this.#peek() === '*') {
      this.#take();
      this.#expect(']');
      return { type: 'project', of, how: 'list', after: this.#projected(powers['*'] ?? 0) };
    }
    const parts: (number | undefined)[] = [undefined];
    while (this.#peek() !== ']') {
      if (this.#peek() === ':') {
        this.#take();
        parts.push(undefined);
      } else parts[parts.length - 1] = Number(this.#expect('number').value);
    }
    this.#expect(']');
    const [index] = parts;
    if (parts.length > 3 || (parts.length === 1 && index === undefined)) throw this.#unexpected();
    if (parts.length === 1) return { type: 'index', of, index: index ?? 0 };
    return { type: 'project', of: { type: 'slice', of, parts }, how: 'slice', after: this.#projected(powers['*'] ?? 0) };
  }

  #list(): Query {
    const all = this.#separated(']', () => this.#expression(0));
    return { type: 'list', all };
  }

  #object(): Query {
    const fields = this.#separated('}', (): readonly [string, Query] => {
      const name = String(this.#expect('name').value);
      this.#expect(':');
      return [name, this.#expression(0)];
    });
    return { type: 'object', fields };
  }

  #call(name: string): Query {
    this.#expect('(');
    if (this.#peek() === ')') {
      this.#take();
      return { type: 'call', name, args: [] };
    }
    return { type: 'call', name, args: this.#separated(')', () => this.#expression(0)) };
  }

  #separated<T>(end: string, one: () => T): readonly T[] {
    const all = [one()];
    while (this.#peek() === ',') {
      this.#take();
      all.push(one());
    }
    this.#expect(end);
    return all;
  }
}
