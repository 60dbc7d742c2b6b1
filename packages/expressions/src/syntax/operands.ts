import type { Expression, Literal, MemberExpression, NewExpression, SequenceExpression, TemplateLiteral } from 'acorn';
import { Functions } from './functions.ts';
import { readPattern, readTemplatePart } from './literals.ts';
import { Pending } from './pending.ts';
import type { Operand } from './targets.ts';

type Elements = (Operand | null)[];

/** What operators work on: names, literals, lists, objects, functions, parentheses, and what is read or called of them. */
export abstract class Operands extends Functions {
  /** Where a name or parenthesis would begin an arrow function. */
  protected arrowAt = -1;

  /** Expressions with commas between them. */
  abstract expression(isNoIn?: boolean, pending?: Pending): Expression;

  /** A name, literal or anything that has its own beginning. */
  protected atom(pending: Pending | undefined, isNoIn: boolean): Expression {
    const { start, type } = this;
    switch (type) {
      case 'name':
        return this.#name(isNoIn);
      case 'number':
      case 'text':
        return this.literal();
      case '/':
      case '/=':
        return this.#pattern();
      case '(':
        return this.#parenthesized(pending, isNoIn);
      case '{':
        return this.object(pending);
      case '`':
        return this.#template();
      case 'new':
        return this.#new();
      case 'class':
        return this.deny('ClassExpression', start);
      case 'super':
        return this.deny('Super', start);
      case 'import':
        return this.deny('ImportExpression', start);
      case '[':
        return this.#list(pending);
      case 'function':
        this.next();
        return this.functionExpression(start);
      case 'this':
      case 'null':
      case 'true':
      case 'false':
        return this.#word(type);
      default:
        return this.unexpected();
    }
  }

  #word(type: 'this' | 'null' | 'true' | 'false'): Expression {
    const { start, end } = this;
    this.next();
    if (type === 'this') return { type: 'ThisExpression', start, end };
    return { type: 'Literal', start, end, value: type === 'null' ? null : type === 'true', raw: type };
  }

  #list(pending: Pending | undefined): Expression {
    const { start } = this;
    this.next();
    const elements = this.elements(']', true, pending) as (Expression | null)[];
    return { type: 'ArrayExpression', start, end: this.lastEnd, elements };
  }

  #name(isNoIn: boolean): Expression {
    const { start, isEscaped } = this;
    const canBeArrow = this.arrowAt === start;
    const id = this.identifier();
    const isAsync = id.name === 'async' && !isEscaped;
    if (this.isEnd) return id;
    if (isAsync && this.type === 'function') this.deny('async', start);
    if (!canBeArrow) return id;
    if (this.eat('=>')) return this.arrow(start, [id], isNoIn);
    if (!isAsync || this.type !== 'name') return id;
    this.identifier();
    if (this.isEnd || !this.eat('=>')) this.unexpected();
    return this.deny('async', start);
  }

  #pattern(): Literal {
    const { start } = this;
    const { value: regex, end } = readPattern(this.source, start + 1);
    this.goOn(start, end);
    return { type: 'Literal', start, end, value: null, raw: this.source.slice(start, end), regex };
  }

  /** Elements or arguments, up to a bracket that closes. */
  protected elements(close: string, hasHoles: boolean, pending?: Pending): Elements {
    const found: Elements = [];
    for (let isFirst = true; !this.eat(close); isFirst = false) {
      if (!isFirst) {
        this.expect(',');
        if (this.eat(close)) break;
      }
      if (hasHoles && this.type === ',') found.push(null);
      else found.push(this.type === '...' ? this.spread(pending) : this.assignment(false, pending));
    }
    return found;
  }

  /** Parentheses around a value, or around the parameters of an arrow function: that is known behind them. */
  #parenthesized(outer: Pending | undefined, isNoIn: boolean): Expression {
    const { start } = this;
    const canBeArrow = this.arrowAt === start;
    const pending = new Pending();
    this.next();
    const innerStart = this.start;
    const { found, restAt, endsInComma } = this.#inParentheses(pending);
    const innerEnd = this.lastEnd;
    this.expect(')');
    if (canBeArrow && !this.isEnd && this.eat('=>')) {
      this.checkPattern(pending, true);
      const arrow = this.arrow(start, found, isNoIn);
      noteParentheses(outer, start, arrow);
      return arrow;
    }
    const [first] = found;
    if (first === undefined || endsInComma) this.unexpected(this.lastStart);
    if (restAt !== undefined) this.unexpected(restAt);
    this.checkValue(pending);
    // Without a rest element they are all values.
    const expressions = found as Expression[];
    const several: SequenceExpression = { type: 'SequenceExpression', start: innerStart, end: innerEnd, expressions };
    const expression = expressions.length > 1 ? several : (first as Expression);
    noteParentheses(outer, start, expression);
    return { type: 'ParenthesizedExpression', start, end: this.lastEnd, expression };
  }

  #inParentheses(pending: Pending): { found: Operand[]; restAt: number | undefined; endsInComma: boolean } {
    const found: Operand[] = [];
    for (let isFirst = true; this.type !== ')'; isFirst = false) {
      if (!isFirst) this.expect(',');
      // With a rest element there is something before the comma, so `(,)` is none.
      if (!isFirst && this.type === ')') return { found, restAt: undefined, endsInComma: true };
      if (this.type === '...') {
        const restAt = this.start;
        found.push(this.restBinding());
        return { found, restAt, endsInComma: false };
      }
      found.push(this.assignment(false, pending));
    }
    return { found, restAt: undefined, endsInComma: false };
  }

  #template(): TemplateLiteral {
    const { start } = this;
    const made: TemplateLiteral = { type: 'TemplateLiteral', start, end: 0, expressions: [], quasis: [] };
    for (let at = this.end; ; at = this.start + 1) {
      const { value: cooked, end } = readTemplatePart(this.source, at);
      const tail = this.source[end] === '`';
      const raw = this.source.slice(at, end).replaceAll(/\r\n?/gu, '\n');
      made.quasis.push({ type: 'TemplateElement', start: at, end, value: { raw, cooked }, tail });
      this.goOn(end, end + (tail ? 1 : 2));
      if (tail) return { ...made, end: this.lastEnd };
      made.expressions.push(this.expression());
      if (this.type !== '}') this.unexpected();
    }
  }

  #new(): NewExpression {
    const { start } = this;
    this.next();
    if (this.type === '.') this.#newTarget(start);
    const at = this.start;
    const callee = this.subscripts(this.atom(undefined, false), at, true);
    const args = this.eat('(') ? this.elements(')', false) : [];
    return { type: 'NewExpression', start, end: this.lastEnd, callee, arguments: args as NewExpression['arguments'] };
  }

  #newTarget(start: number): never {
    this.next();
    const { name, start: at } = this.identifier(true);
    if (name !== 'target') this.fail("The only valid meta property for new is 'new.target'", at);
    if (this.functionDepth === 0) this.fail("'new.target' can only be used in functions and class static block", start);
    return this.deny('MetaProperty', start);
  }

  /** An atom and what is read or called of it. */
  protected operand(pending: Pending | undefined, isNoIn: boolean): Expression {
    const { start } = this;
    const [proto, shorthand] = [pending?.proto ?? -1, pending?.shorthand ?? -1];
    if (pending !== undefined) pending.proto = pending.shorthand = -1;
    const atom = this.atom(pending, isNoIn);
    if (atom.type === 'ArrowFunctionExpression' && this.source.slice(this.lastStart, this.lastEnd) !== ')') return atom;
    const whole = this.subscripts(atom, start, false);
    if (pending === undefined) return whole;
    if (whole.end > atom.end) {
      this.checkValue(pending);
      if (pending.assigned >= start) pending.assigned = -1;
      if (pending.bound >= start) pending.bound = -1;
      if (pending.comma >= start) pending.comma = -1;
    }
    if (proto >= 0) pending.proto = proto;
    if (shorthand >= 0) pending.shorthand = shorthand;
    return whole;
  }

  /** Members and calls. @param isNew behind `new`, where a call ends it */
  protected subscripts(base: Expression, start: number, isNew: boolean): Expression {
    let whole = base;
    let isChain = false;
    const mayBeAsync = isAsync(base) && this.lastEnd === base.end && !this.isEnd && this.arrowAt === base.start;
    for (let isFirst = true; ; isFirst = false) {
      const optional = this.eat('?.');
      if (isNew && optional) this.fail('Optional chaining cannot appear in the callee of new expressions', this.lastStart);
      isChain ||= optional;
      const computed = this.eat('[');
      if (computed || (optional && this.type !== '(' && this.type !== '`') || this.eat('.'))
        whole = this.#member(whole, start, { computed, optional });
      else if (!isNew && this.eat('(')) {
        const pending = new Pending();
        const args = this.elements(')', false, pending);
        if (isFirst && mayBeAsync && !optional && !this.isEnd && this.type === '=>') this.deny('async', start);
        this.checkValue(pending);
        whole = {
          type: 'CallExpression',
          start,
          end: this.lastEnd,
          callee: whole,
          arguments: args as NewExpression['arguments'],
          optional,
        };
      } else if (this.type === '`') {
        if (isChain) this.fail('Optional chaining cannot appear in the tag of tagged template expressions');
        this.deny('TaggedTemplateExpression', start);
      } else if (optional) this.unexpected();
      else return isChain ? { type: 'ChainExpression', start, end: this.lastEnd, expression: whole as MemberExpression } : whole;
    }
  }

  #member(object: Expression, start: number, { computed, optional }: Pick<MemberExpression, 'computed' | 'optional'>): MemberExpression {
    const property = computed ? this.expression() : this.identifier(true);
    if (computed) this.expect(']');
    return { type: 'MemberExpression', start, end: this.lastEnd, object, property, computed, optional };
  }
}

function isAsync(node: Expression): boolean {
  return node.type === 'Identifier' && node.name === 'async' && node.end - node.start === 5;
}

/** Parentheses that stand where a pattern may, those of an arrow function among them. */
function noteParentheses(outer: Pending | undefined, start: number, inside: Expression): void {
  if (outer === undefined) return;
  if (outer.assigned < 0 && !isAssignable(inside)) outer.assigned = start;
  if (outer.bound < 0) outer.bound = start;
}

function isAssignable(node: Expression): boolean {
  if (node.type === 'ParenthesizedExpression') return isAssignable(node.expression);
  return node.type === 'Identifier' || node.type === 'MemberExpression';
}
