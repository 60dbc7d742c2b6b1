import type { BinaryExpression, BinaryOperator, ConditionalExpression, LogicalExpression, UnaryExpression } from 'acorn';
import { deniedError, typeError } from '../errors.ts';
import { toKey } from '../runtime/access.ts';
import type { Run } from '../runtime/run.ts';
import { isSame, toNumber, toText } from '../runtime/text.ts';
import { describeKind, isList, isPlain, kindOf, type Value } from '../runtime/value.ts';
import { type Compiler, type Evaluate, lenient, type Mode } from './compiler.ts';
import { failed } from './failed.ts';

type Operate = (left: Value, right: Value, run: Run) => Value;

const operators: Readonly<Partial<Record<BinaryOperator, Operate>>> = {
  '+': add,
  '-': (left, right) => toNumber(left) - toNumber(right),
  '*': (left, right) => toNumber(left) * toNumber(right),
  '/': (left, right) => toNumber(left) / toNumber(right),
  '%': (left, right) => toNumber(left) % toNumber(right),
  '**': (left, right) => toNumber(left) ** toNumber(right),
  '|': (left, right) => toNumber(left) | toNumber(right),
  '&': (left, right) => toNumber(left) & toNumber(right),
  '^': (left, right) => toNumber(left) ^ toNumber(right),
  '<<': (left, right) => toNumber(left) << toNumber(right),
  '>>': (left, right) => toNumber(left) >> toNumber(right),
  '>>>': (left, right) => toNumber(left) >>> toNumber(right),
  '===': isSame,
  '!==': (left, right) => !isSame(left, right),
  '==': isLooselySame,
  '!=': (left, right) => !isLooselySame(left, right),
  '<': (left, right) => (typeof left === 'string' && typeof right === 'string' ? left < right : toNumber(left) < toNumber(right)),
  '<=': (left, right) => (typeof left === 'string' && typeof right === 'string' ? left <= right : toNumber(left) <= toNumber(right)),
  '>': (left, right) => (typeof left === 'string' && typeof right === 'string' ? left > right : toNumber(left) > toNumber(right)),
  '>=': (left, right) => (typeof left === 'string' && typeof right === 'string' ? left >= right : toNumber(left) >= toNumber(right)),
  in: isIn,
};

/** `a + b` and its like. */
export function binaryClosure(compiler: Compiler, node: BinaryExpression): Evaluate {
  const operate = operators[node.operator];
  if (operate === undefined || node.left.type === 'PrivateIdentifier')
    throw deniedError(`operator ${node.operator}`, `\`${node.operator}\` is not available in expressions.`);
  const left = compiler.compile(node.left);
  const right = compiler.compile(node.right);
  const place = compiler.place(node);
  return (frame) => {
    const leftValue = left(frame);
    const rightValue = right(frame);
    try {
      if (typeof leftValue === 'string' && leftValue.length > 255) frame.run.spend(leftValue.length >> 5);
      if (typeof rightValue === 'string' && rightValue.length > 255) frame.run.spend(rightValue.length >> 5);
      return operate(leftValue, rightValue, frame.run);
    } catch (error) {
      throw failed(error, place);
    }
  };
}

function add(left: Value, right: Value, run: Run): Value {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  if (typeof left === 'string' || typeof right === 'string') {
    const leftText = toText(left, run);
    const rightText = toText(right, run);
    run.chargeText(leftText.length + rightText.length);
    return leftText + rightText;
  }
  if (kindOf(left) === 'date' || kindOf(right) === 'date')
    throw typeError('+ on a date', "Use `.plus(1, 'day')` to move a date, or `.toFormat('yyyy-MM-dd')` to show it.");
  return toNumber(left) + toNumber(right);
}

/** JavaScript's `==` for plain values; lists, objects and dates only equal themselves. */
function isLooselySame(left: Value, right: Value): boolean {
  if (left === null || right === null || left === undefined || right === undefined) return (left ?? null) === (right ?? null);
  if (typeof left === 'object' || typeof right === 'object') return isSame(left, right);
  // eslint-disable-next-line eqeqeq -- this is the language's own loose equality
  return left == right;
}

function isIn(key: Value, target: Value): boolean {
  if (isPlain(target)) return Object.hasOwn(target, toKey(key));
  if (isList(target)) return Number.isInteger(Number(toKey(key))) && Number(toKey(key)) >= 0 && Number(toKey(key)) < target.length;
  throw typeError(`in on ${describeKind(target)}`, `\`in\` needs an object or a list on its right, and got ${describeKind(target)}.`);
}

/** `a && b`, `a || b`, `a ?? b` */
export function logicalClosure(compiler: Compiler, node: LogicalExpression, mode: Mode): Evaluate {
  const own: Mode = { isLenient: mode.isLenient, isChain: false };
  const left = compiler.compile(node.left, node.operator === '??' ? lenient : own);
  const right = compiler.compile(node.right, own);
  switch (node.operator) {
    case '&&':
      return (frame) => left(frame) && right(frame);
    case '||':
      return (frame) => left(frame) || right(frame);
    default:
      return (frame) => left(frame) ?? right(frame);
  }
}

/** `a ? b : c` */
export function conditionalClosure(compiler: Compiler, node: ConditionalExpression, mode: Mode): Evaluate {
  const own: Mode = { isLenient: mode.isLenient, isChain: false };
  const test = compiler.compile(node.test);
  const consequent = compiler.compile(node.consequent, own);
  const alternate = compiler.compile(node.alternate, own);
  return (frame) => (test(frame) ? consequent(frame) : alternate(frame));
}

/** `!a`, `-a`, `typeof a` */
export function unaryClosure(compiler: Compiler, node: UnaryExpression): Evaluate {
  const argument = compiler.compile(node.argument, node.operator === 'typeof' ? lenient : undefined);
  const place = compiler.place(node);
  switch (node.operator) {
    case '!':
      return (frame) => !argument(frame);
    case 'typeof':
      return (frame) => typeOf(argument(frame));
    case '-':
      return numeric(argument, place, (value) => -value);
    case '+':
      return numeric(argument, place, (value) => value);
    case '~':
      return numeric(argument, place, (value) => ~value);
    default:
      throw deniedError(`operator ${node.operator}`, `\`${node.operator}\` is not available in expressions.`);
  }
}

function numeric(argument: Evaluate, place: { start: number; end: number }, operate: (value: number) => number): Evaluate {
  return (frame) => {
    const value = argument(frame);
    try {
      return operate(toNumber(value));
    } catch (error) {
      throw failed(error, place);
    }
  };
}

function typeOf(value: Value): string {
  if (kindOf(value) === 'function') return 'function';
  return typeof value;
}
