import type {
  AssignmentExpression,
  AssignmentOperator,
  BinaryExpression,
  BinaryOperator,
  Expression,
  LogicalExpression,
  LogicalOperator,
  UnaryExpression,
  UpdateExpression,
} from 'acorn';
import { Operands } from './operands.ts';
import { Pending } from './pending.ts';

/** Which operator binds first: the higher. */
const precedences: ReadonlyMap<string, number> = new Map(
  ['|| ??', '&&', '|', '^', '&', '== != === !==', '< > <= >= in instanceof', '<< >> >>>', '+ -', '% * /'].flatMap((row, index) =>
    row.split(' ').map((operator) => [operator, index + 1]),
  ),
);
const andPrecedence = 2;
const logical = new Set(['||', '&&', '??']);
const prefixes = new Set(['!', '~', '+', '-', 'typeof', 'void', 'delete', '++', '--']);
const assignments = new Set('= += -= *= /= %= **= <<= >>= >>>= &= ^= |= &&= ||= ??='.split(' '));

/** What an operand stands behind: after a sign no `**` may follow, after `++` it belongs to what is around. */
type Behind = 'nothing' | 'sign' | 'update';

interface Left {
  readonly node: Expression;
  readonly start: number;
}

/** Operators between operands. */
export abstract class Operators extends Operands {
  override expression(isNoIn = false, pending?: Pending): Expression {
    const { start } = this;
    const first = this.assignment(isNoIn, pending);
    if (this.type !== ',') return first;
    const expressions = [first];
    while (this.eat(',')) expressions.push(this.assignment(isNoIn, pending));
    return { type: 'SequenceExpression', start, end: this.lastEnd, expressions };
  }

  override assignment(isNoIn = false, outer?: Pending): Expression {
    const pending = outer ?? new Pending();
    const { assigned, comma, proto } = pending;
    pending.assigned = pending.comma = -1;
    const { start } = this;
    if (this.type === '(' || this.type === 'name') this.arrowAt = start;
    const left = this.#conditional(pending, isNoIn);
    if (assignments.has(this.type)) {
      const made = this.#assigned(left, { start, isNoIn, pending, isOwn: outer === undefined });
      if (proto >= 0) pending.proto = proto;
      return made;
    }
    if (outer === undefined) this.checkValue(pending);
    if (assigned >= 0) pending.assigned = assigned;
    if (comma >= 0) pending.comma = comma;
    return left;
  }

  #assigned(
    node: Expression,
    { start, isNoIn, pending, isOwn }: { start: number; isNoIn: boolean; pending: Pending; isOwn: boolean },
  ): AssignmentExpression {
    const operator = this.type as AssignmentOperator;
    const isPlain = operator === '=';
    if (isPlain && (node.type === 'ObjectExpression' || node.type === 'ArrayExpression' || node.type === 'ParenthesizedExpression'))
      this.checkAssigned(node, pending);
    const left = isPlain ? this.toPattern(node, false) : (node as AssignmentExpression['left']);
    if (!isOwn) {
      pending.assigned = pending.comma = -1;
      if (pending.shorthand >= left.start) pending.shorthand = -1;
      if (pending.proto >= left.start) pending.proto = -1;
    }
    if (isPlain) this.checkPatternUse(left);
    else this.checkSimple(left);
    this.next();
    const right = this.assignment(isNoIn);
    return { type: 'AssignmentExpression', start, end: this.lastEnd, operator, left, right };
  }

  /** Parentheses around a name say nothing of what is pending. */
  protected checkAssigned(node: Expression, pending: Pending): void {
    if (node.type === 'ParenthesizedExpression') this.checkAssigned(node.expression, pending);
    else if (node.type === 'ObjectExpression' || node.type === 'ArrayExpression') this.checkPattern(pending, false);
  }

  #conditional(pending: Pending, isNoIn: boolean): Expression {
    const { start } = this;
    const test = this.#operations(pending, isNoIn);
    if (pending.isPattern || isArrow(test, start) || !this.eat('?')) return test;
    const consequent = this.assignment();
    this.expect(':');
    const alternate = this.assignment(isNoIn);
    return { type: 'ConditionalExpression', start, end: this.lastEnd, test, consequent, alternate };
  }

  #operations(pending: Pending, isNoIn: boolean): Expression {
    const { start } = this;
    const node = this.#unary(pending, isNoIn, 'nothing');
    return pending.isPattern || isArrow(node, start) ? node : this.#operation({ node, start }, -1, isNoIn);
  }

  /** Operators that bind more than another, from the left. */
  #operation(first: Left, least: number, isNoIn: boolean): Expression {
    const { start } = first;
    let { node } = first;
    for (;;) {
      const operator = this.type;
      const own = isNoIn && operator === 'in' ? undefined : precedences.get(operator);
      if (own === undefined || own <= least) return node;
      this.next();
      const right = this.start;
      const operand = this.#unary(undefined, isNoIn, 'nothing');
      const binding = operator === '??' ? andPrecedence : own;
      node = this.#binary({ node, start }, operator, this.#operation({ node: operand, start: right }, binding, isNoIn));
      const isMixed = operator === '??' ? this.type === '||' || this.type === '&&' : logical.has(operator) && this.type === '??';
      if (isMixed) this.fail('Logical expressions and coalesce expressions cannot be mixed. Wrap either by parentheses');
    }
  }

  #binary({ node: left, start }: Left, operator: string, right: Expression): BinaryExpression | LogicalExpression {
    const end = this.lastEnd;
    return logical.has(operator)
      ? { type: 'LogicalExpression', start, end, left, operator: operator as LogicalOperator, right }
      : { type: 'BinaryExpression', start, end, left, operator: operator as BinaryOperator, right };
  }

  #unary(pending: Pending | undefined, isNoIn: boolean, behind: Behind): Expression {
    const { start } = this;
    const isPrefixed = prefixes.has(this.type);
    const node = isPrefixed ? this.#prefixed(pending, isNoIn) : this.#postfixed(pending, isNoIn);
    if (!isPrefixed && pending?.isPattern === true) return node;
    if (behind === 'update' || isArrow(node, start) || !this.eat('**')) return node;
    if (behind === 'sign' || node.type === 'UnaryExpression') this.unexpected(this.lastStart);
    return this.#binary({ node, start }, '**', this.#unary(undefined, isNoIn, 'nothing'));
  }

  #prefixed(pending: Pending | undefined, isNoIn: boolean): UnaryExpression | UpdateExpression {
    const { start } = this;
    const operator = this.type as UnaryExpression['operator'] | UpdateExpression['operator'];
    this.next();
    const isUpdate = operator === '++' || operator === '--';
    const argument = this.#unary(undefined, isNoIn, isUpdate ? 'update' : 'sign');
    if (pending !== undefined) this.checkValue(pending);
    const end = this.lastEnd;
    if (isUpdate) {
      this.checkSimple(argument);
      return { type: 'UpdateExpression', start, end, operator, prefix: true, argument };
    }
    if (this.isStrict && operator === 'delete' && isVariable(argument)) this.fail('Deleting local variable in strict mode', start);
    return { type: 'UnaryExpression', start, end, operator, prefix: true, argument };
  }

  #postfixed(pending: Pending | undefined, isNoIn: boolean): Expression {
    const { start } = this;
    let node = this.operand(pending, isNoIn);
    if (pending?.isPattern === true) return node;
    while ((this.type === '++' || this.type === '--') && !this.isEnd) {
      const operator = this.type;
      this.checkSimple(node);
      this.next();
      node = { type: 'UpdateExpression', start, end: this.lastEnd, operator, prefix: false, argument: node };
    }
    return node;
  }
}

function isArrow(node: Expression, start: number): boolean {
  return node.type === 'ArrowFunctionExpression' && node.start === start;
}

function isVariable(node: Expression): boolean {
  return node.type === 'Identifier' || (node.type === 'ParenthesizedExpression' && isVariable(node.expression));
}
