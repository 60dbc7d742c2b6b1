import type {
  AssignmentPattern,
  AssignmentProperty,
  Expression,
  FunctionExpression,
  Identifier,
  Literal,
  ObjectExpression,
  ObjectPattern,
  Pattern,
  Property,
  RestElement,
  SpreadElement,
} from 'acorn';
import type { Pending } from './pending.ts';
import { Targets } from './targets.ts';
import { keywords } from './words.ts';

interface Key {
  readonly start: number;
  readonly computed: boolean;
  readonly key: Expression;
  readonly isEscaped: boolean;
}

/** What can follow `async` in an object when it is no key itself. */
const afterAsync = new Set(['name', 'number', 'text', '[', '*']);

/** Objects, and the patterns of names that are bound. */
export abstract class Objects extends Targets {
  /** One expression without commas. @param isNoIn `in` ends it, as in the head of a loop */
  abstract assignment(isNoIn?: boolean, pending?: Pending): Expression;
  /** Parameters and body of a method. */
  abstract method(): FunctionExpression;

  /** The token as a number or text. */
  literal(): Literal {
    const { start, end, value } = this;
    const raw = this.source.slice(start, end);
    this.next();
    return { type: 'Literal', start, end, value, raw, ...(typeof value === 'bigint' ? { bigint: value.toString() } : {}) };
  }

  /** @param isKey any word will do. @throws SyntaxFault where there is none */
  identifier(isKey = false): Identifier {
    const { start, end, type, value } = this;
    if (type !== 'name' && !keywords.has(type)) this.unexpected();
    const name = String(value);
    this.next(isKey);
    if (!isKey) this.checkName(name, start);
    return { type: 'Identifier', start, end, name };
  }

  /** What is bound: a name, `[a]` or `{ a }`. */
  bindingAtom(): Pattern {
    const { start } = this;
    if (this.type === '{') return this.#objectPattern();
    if (this.type !== '[') return this.identifier();
    this.next();
    const elements = this.bindings(']', true);
    return { type: 'ArrayPattern', start, end: this.lastEnd, elements };
  }

  /** What is bound, up to a bracket that closes. @param hasHoles commas may follow each other */
  bindings(close: string, hasHoles: boolean): (Pattern | null)[] {
    const found: (Pattern | null)[] = [];
    for (let isFirst = true; !this.eat(close); isFirst = false) {
      if (!isFirst) this.expect(',');
      if (hasHoles && this.type === ',') found.push(null);
      else if (this.eat(close)) break;
      else if (this.type === '...') {
        found.push(this.restBinding());
        this.expect(close);
        break;
      } else found.push(this.bindingWithDefault(this.start));
    }
    return found;
  }

  /** `...a` */
  restBinding(): RestElement {
    const { start } = this;
    this.next();
    const argument = this.bindingAtom();
    if (this.type === ',') this.fail('Comma is not permitted after the rest element');
    return { type: 'RestElement', start, end: this.lastEnd, argument };
  }

  /** `a` or `a = 1` */
  bindingWithDefault(start: number, left: Pattern = this.bindingAtom()): Pattern {
    if (!this.eat('=')) return left;
    const right = this.assignment();
    return { type: 'AssignmentPattern', start, end: this.lastEnd, left, right };
  }

  #objectPattern(): ObjectPattern {
    const { start } = this;
    const properties: ObjectPattern['properties'] = [];
    this.#members(() => {
      const at = this.start;
      properties.push(this.eat('...') ? this.#restName(at) : this.#patternProperty());
    });
    return { type: 'ObjectPattern', start, end: this.lastEnd, properties };
  }

  #restName(start: number): RestElement {
    const argument = this.identifier();
    if (this.type === ',') this.fail('Comma is not permitted after the rest element');
    return { type: 'RestElement', start, end: this.lastEnd, argument };
  }

  #members(one: () => void): void {
    this.next();
    for (let isFirst = true; !this.eat('}'); isFirst = false) {
      if (!isFirst) {
        this.expect(',');
        if (this.eat('}')) return;
      }
      one();
    }
  }

  #patternProperty(): AssignmentProperty {
    const { start, computed, key } = this.#key();
    const shorthand = this.type !== ':';
    const value = shorthand ? this.#shorthandPattern(key, computed) : this.#afterColon();
    return { type: 'Property', start, end: this.lastEnd, method: false, shorthand, computed, key, value, kind: 'init' };
  }

  #afterColon(): Pattern {
    this.next();
    return this.bindingWithDefault(this.start);
  }

  #shorthandPattern(key: Expression, isComputed: boolean): Pattern {
    if (isComputed || key.type !== 'Identifier' || this.type === '(') this.unexpected();
    this.checkName(key.name, key.start);
    return this.bindingWithDefault(key.start, { ...key });
  }

  /** An object of values, which may turn out to be a pattern. */
  object(pending?: Pending): ObjectExpression {
    const { start } = this;
    const properties: ObjectExpression['properties'] = [];
    let hasProto = false;
    this.#members(() => {
      const property = this.type === '...' ? this.spread(pending) : this.#property(pending);
      properties.push(property);
      if (!isProto(property)) return;
      if (hasProto && pending === undefined) this.fail('Redefinition of __proto__ property', property.key.start);
      if (hasProto && pending !== undefined && pending.proto < 0) pending.proto = property.key.start;
      hasProto = true;
    });
    return { type: 'ObjectExpression', start, end: this.lastEnd, properties };
  }

  /** `...a` as a value. A comma after it is remembered. */
  spread(pending?: Pending): SpreadElement {
    const { start } = this;
    this.next();
    const argument = this.assignment(false, pending);
    if (this.type === ',' && pending !== undefined && pending.comma < 0) pending.comma = this.start;
    return { type: 'SpreadElement', start, end: this.lastEnd, argument };
  }

  #key(): Key {
    const { start, isEscaped } = this;
    const computed = this.eat('[');
    const key = computed ? this.assignment() : this.type === 'number' || this.type === 'text' ? this.literal() : this.identifier(true);
    if (computed) this.expect(']');
    return { start, computed, key, isEscaped };
  }

  #property(pending: Pending | undefined): Property {
    if (this.type === '*') this.deny('generator', this.start);
    const named = this.#key();
    const { start, computed, key } = named;
    const whole = (value: Expression, method: boolean, kind: Property['kind']): Property => {
      return { type: 'Property', start, end: this.lastEnd, method, shorthand: false, computed, key, value, kind };
    };
    if (this.eat(':')) return whole(this.assignment(false, pending), false, 'init');
    if (this.type === '(') return whole(this.method(), true, 'init');
    if (computed || key.type !== 'Identifier') this.unexpected();
    if (!named.isEscaped && key.name === 'async' && !this.isNewLine && (afterAsync.has(this.type) || keywords.has(this.type)))
      this.deny('async', start);
    const isEnd = this.type === ',' || this.type === '}' || this.type === '=';
    if (!named.isEscaped && (key.name === 'get' || key.name === 'set') && !isEnd) return this.#accessor(start, key.name);
    this.checkName(key.name, key.start);
    const value = this.#shorthandValue(key, pending);
    return { ...whole(value, false, 'init'), shorthand: true };
  }

  /** A pattern's default is read here, though a value may not have it: what is around decides. */
  #shorthandValue(key: Identifier, pending: Pending | undefined): Expression {
    if (this.type !== '=' || pending === undefined) return { ...key };
    if (pending.shorthand < 0) pending.shorthand = this.start;
    this.next();
    const right = this.assignment();
    const made: AssignmentPattern = { type: 'AssignmentPattern', start: key.start, end: this.lastEnd, left: { ...key }, right };
    // Stays only where the whole becomes a pattern.
    return made as Pattern as Expression;
  }

  #accessor(start: number, kind: 'get' | 'set'): Property {
    const { computed, key } = this.#key();
    const value = this.method();
    const [only] = value.params;
    if (kind === 'get' && value.params.length > 0) this.fail('getter should have no params', value.start);
    if (kind === 'set' && value.params.length !== 1) this.fail('setter should have exactly one param', value.start);
    if (kind === 'set' && only?.type === 'RestElement') this.fail('Setter cannot use rest params', only.start);
    return { type: 'Property', start, end: this.lastEnd, method: false, shorthand: false, computed, key, value, kind };
  }
}

function isProto(property: Property | SpreadElement): property is Property {
  if (property.type === 'SpreadElement' || property.computed || property.method || property.shorthand) return false;
  const { key } = property;
  const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : '';
  return name === '__proto__' && property.kind === 'init';
}
