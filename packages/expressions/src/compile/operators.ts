import type { BinaryExpression, BinaryOperator, ConditionalExpression, LogicalExpression, UnaryExpression } from 'acorn';
import { deniedError, typeError } from '../errors.ts';
import { toKey } from '../runtime/access.ts';
import type { Run } from '../runtime/run.ts';
import { isSame, numberOf, toText } from '../runtime/text.ts';
import { describeKind, isList, isPlain, kindOf, type Value } from '../runtime/value.ts';
import { type Compiler, type Evaluate, lenient, type Mode } from './compiler.ts';
import { failed } from './failed.ts';

type Operate = (left: Value, right: Value, run: Run) => Value;

const operators: Readonly<Partial<Record<BinaryOperator, Operate>>> = {
  '+': add,
  '-': (left, right, run) => numberOf(left, run) - numberOf(right, run),
  '*': (left, right, run) => numberOf(left, run) * numberOf(right, run),
  '/': (left, right, run) => numberOf(left, run) / numberOf(right, run),
  '%': (left, right, run) => numberOf(left, run) % numberOf(right, run),
  '**': (left, right, run) => numberOf(left, run) ** numberOf(right, run),
  '|': (left, right, run) => numberOf(left, run) | numberOf(right, run),
  '&': (left, right, run) => numberOf(left, run) & numberOf(right, run),
  '^': (left, right, run) => numberOf(left, run) ^ numberOf(right, run),
  '<<': (left, right, run) => numberOf(left, run) << numberOf(right, run),
  '>>': (left, right, run) => numberOf(left, run) >> numberOf(right, run),
  '>>>': (left, right, run) => numberOf(left, run) >>> numberOf(right, run),
  '===': isSame,
  '!==': (left, right) => !isSame(left, right),
  '==': isLooselySame,
  '!=': (left, right, run) => !isLooselySame(left, right, run),
  '<': ordered((left, right) => left < right),
  '<=': ordered((left, right) => left <= right),
  '>': ordered((left, right) => left > right),
  '>=': ordered((left, right) => left >= right),
  in: isIn,
};

/** Every operator between two values, for descriptions. */
export const operatorNames: readonly string[] = [...Object.keys(operators), '&&', '||', '??'];

/** An order: two texts by their characters, anything else as numbers. */
function ordered(compare: (left: string | number, right: string | number) => boolean): Operate {
  return (left, right, run) => {
    if (typeof left === 'string' && typeof right === 'string') return compare(left, right);
    if (!run.isLoose || !(isObject(left) || isObject(right))) return compare(numberOf(left, run), numberOf(right, run));
    const [first, second] = [primitiveOf(left, run), primitiveOf(right, run)];
    if (typeof first === 'string' && typeof second === 'string') return compare(first, second);
    return compare(numberOf(first, run), numberOf(second, run));
  };
}

/** What JavaScript compares instead of a list or object: its text. Dates stay: they are compared as numbers. */
function primitiveOf(value: Value, run: Run): Value {
  return isObject(value) && kindOf(value) !== 'date' && kindOf(value) !== 'duration' ? toText(value, run) : value;
}

/**
 * The operator of `+=` and its like.
 * @throws ExpressionError `expression_denied` for one that does not exist
 */
export function operatorNamed(name: BinaryOperator): Operate {
  const operate = operators[name];
  if (operate === undefined) throw deniedError(`operator ${name}`, `\`${name}\` is not available in expressions.`);
  return operate;
}

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
  if (run.isLoose && (isObject(left) || isObject(right))) return looseSum(left, right, run);
  if (kindOf(left) === 'date' || kindOf(right) === 'date')
    throw typeError('+ on a date', "Use `.plus(1, 'day')` to move a date, or `.toFormat('yyyy-MM-dd')` to show it.");
  return numberOf(left, run) + numberOf(right, run);
}

function isObject(value: Value): boolean {
  return typeof value === 'object' && value !== null;
}

/** JavaScript's `+` with a list, object or date: their texts, one after the other. Null and numbers add up with nothing of that kind. */
function looseSum(left: Value, right: Value, run: Run): Value {
  return run.text(toText(left, run) + toText(right, run));
}

/** JavaScript's `==` for plain values; lists, objects and dates only equal themselves. */
function isLooselySame(left: Value, right: Value, run: Run): boolean {
  if (left === null || right === null || left === undefined || right === undefined) return (left ?? null) === (right ?? null);
  if (isObject(left) && isObject(right)) return isSame(left, right);
  // JavaScript compares the text of a list with a text or number; ours says no.
  if (isObject(left)) return run.isLoose && isLooselySame(toText(left, run), right, run);
  if (isObject(right)) return run.isLoose && isLooselySame(left, toText(right, run), run);
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
      return operate(numberOf(value, frame.run));
    } catch (error) {
      throw failed(error, place);
    }
  };
}

function typeOf(value: Value): string {
  if (kindOf(value) === 'function') return 'function';
  return typeof value;
}
