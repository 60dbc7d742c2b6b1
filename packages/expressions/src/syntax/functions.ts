import type {
  ArrowFunctionExpression,
  BlockStatement,
  FunctionDeclaration,
  FunctionExpression,
  Identifier,
  Pattern,
  Statement,
} from 'acorn';
import { Objects } from './objects.ts';
import type { Operand } from './targets.ts';

const directive = /(?:'((?:\\[^]|[^'\\])*)'|"((?:\\[^]|[^"\\])*)")/y;
const operatorAhead = /[(`.[+\-/*%<>=,?^&]|!=|in(?:stanceof)?(?![$\w\\\u0080-\uffff])/y;

interface Body {
  readonly params: readonly Pattern[];
  readonly start: number;
  readonly id: Identifier | null;
  readonly isMethod: boolean;
}

/** What `break` and `continue` can mean. */
export interface Around {
  readonly kind: 'loop' | 'switch' | 'label';
  /** Of a label. */
  readonly name?: string;
  /** Of a label: it stands before a loop. */
  readonly isLoop?: boolean;
}

/** Functions. Those that wait or give their values one by one are refused. */
export abstract class Functions extends Objects {
  /** Loops, switches and labels around the statement, within its function. */
  protected around: Around[] = [];
  /** Functions around that are no arrows. */
  protected functionDepth = 0;

  /** One statement. @param where what it is the body of; null in a block */
  abstract statement(where: string | null): Statement;

  /** `function name() {}` as a value; the keyword is behind. */
  functionExpression(start: number): FunctionExpression {
    if (this.type === '*') this.deny('generator', start);
    this.scopes.enter(true);
    const id = this.type === 'name' ? this.identifier() : null;
    return { type: 'FunctionExpression', ...this.#rest({ start, id, isMethod: false }), id };
  }

  /** `function name() {}` as a statement. @param isHanging the body of an `if`: it declares nothing */
  functionDeclaration(start: number, isHanging: boolean): FunctionDeclaration {
    this.next();
    if (this.type === '*') this.deny('generator', start);
    const id = this.identifier();
    if (!isHanging) this.checkNameUse(id, { how: this.isStrict ? (this.scopes.isFunction ? 'var' : 'lexical') : 'function' });
    this.scopes.enter(true);
    return { type: 'FunctionDeclaration', ...this.#rest({ start, id, isMethod: false }), id };
  }

  override method(): FunctionExpression {
    this.scopes.enter(true);
    return { type: 'FunctionExpression', ...this.#rest({ start: this.start, id: null, isMethod: true }) };
  }

  #rest({ start, id, isMethod }: Pick<Body, 'start' | 'id' | 'isMethod'>): Omit<FunctionExpression, 'type'> {
    this.functionDepth += 1;
    this.expect('(');
    // Parameters have no holes.
    const params = this.bindings(')', false) as Pattern[];
    const body = this.#body({ params, start, id, isMethod }, false);
    this.functionDepth -= 1;
    return { start, end: this.lastEnd, id, params, generator: false, expression: false, async: false, body };
  }

  /** What follows `=>`. */
  arrow(start: number, operands: readonly Operand[], isNoIn: boolean): ArrowFunctionExpression {
    this.scopes.enter(true);
    const params = operands.map((one) => this.toPattern(one, true));
    const expression = this.type !== '{';
    const body = expression ? this.assignment(isNoIn) : this.#body({ params, start, id: null, isMethod: false }, true);
    if (expression) {
      this.#checkParameters(params, false);
      this.scopes.leave();
    }
    return {
      type: 'ArrowFunctionExpression',
      start,
      end: this.lastEnd,
      id: null,
      params,
      generator: false,
      async: false,
      expression,
      body,
    };
  }

  #body({ params, start, id, isMethod }: Body, isArrow: boolean): BlockStatement {
    const [wasStrict, around] = [this.isStrict, this.around];
    const isSimple = params.every(({ type }) => type === 'Identifier');
    const saysStrict = (!wasStrict || !isSimple) && this.#saysStrict(this.end);
    if (saysStrict && !isSimple) this.fail("Illegal 'use strict' directive in function with non-simple parameter list", start);
    this.around = [];
    if (saysStrict) this.isStrict = true;
    this.#checkParameters(params, !this.isStrict && !isArrow && !isMethod && isSimple);
    if (id !== null) this.checkStrictName(id, true);
    const body = this.block(false, wasStrict);
    for (const one of body.body) {
      if (one.type !== 'ExpressionStatement' || one.expression.type !== 'Literal' || typeof one.expression.value !== 'string') break;
      one.directive = one.expression.raw?.slice(1, -1) ?? '';
    }
    this.around = around;
    this.scopes.leave();
    return body;
  }

  #checkParameters(params: readonly Pattern[], mayRepeat: boolean): void {
    const taken = new Set<string>();
    for (const one of params) this.checkPatternUse(one, mayRepeat ? { how: 'var' } : { how: 'var', taken });
  }

  /** Whether the texts that a body begins with say `'use strict'`. */
  #saysStrict(from: number): boolean {
    for (let at = this.afterSpace(from); ;) {
      directive.lastIndex = at;
      const [text, single, double] = directive.exec(this.source) ?? [];
      if (text === undefined) return false;
      const end = this.afterSpace(at + text.length);
      if ((single ?? double) === 'use strict') return this.#endsDirective(at + text.length, end);
      at = this.source[end] === ';' ? this.afterSpace(end + 1) : end;
    }
  }

  #endsDirective(end: number, next: number): boolean {
    const character = this.source[next];
    if (character === ';' || character === '}') return true;
    operatorAhead.lastIndex = next;
    return /[\r\n\u2028\u2029]/u.test(this.source.slice(end, next)) && !operatorAhead.test(this.source);
  }

  /** `{ ... }`. @param isOwn with names of its own @param strictAfter what holds behind it */
  block(isOwn = true, strictAfter = this.isStrict): BlockStatement {
    const { start } = this;
    const body: Statement[] = [];
    this.expect('{');
    if (isOwn) this.scopes.enter(false);
    while (this.type !== '}') body.push(this.statement(null));
    this.isStrict = strictAfter;
    this.next();
    if (isOwn) this.scopes.leave();
    return { type: 'BlockStatement', start, end: this.lastEnd, body };
  }
}
