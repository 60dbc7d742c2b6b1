import type { AssignmentExpression, BinaryOperator, Identifier, MemberExpression, SequenceExpression, UpdateExpression } from 'acorn';
import { deniedError, typeError } from '../../errors.ts';
import { keyFor, missing, readKey } from '../../runtime/access.ts';
import type { Frame, Run } from '../../runtime/run.ts';
import { numberOf } from '../../runtime/text.ts';
import { isList, isPlain, put, type Value } from '../../runtime/value.ts';
import type { Compiler, Evaluate } from '../compiler.ts';
import { failed } from '../failed.ts';
import { propertyOf, staticKey } from '../member.ts';
import type { Slot } from '../names.ts';
import { operatorNamed } from '../operators.ts';

/** Something that can be assigned: a variable, or a field of a list or object that the expression itself made. */
interface Target {
  /** The owner and key, worked out once. */
  readonly locate: (frame: Frame) => Located;
}

interface Located {
  readonly read: () => Value;
  readonly write: (value: Value) => void;
}

/** `a = 1`, `a.b += 1` */
export function assignClosure(compiler: Compiler, node: AssignmentExpression): Evaluate {
  const target = targetOf(compiler, node.left);
  const value = compiler.compile(node.right);
  const place = compiler.place(node);
  const combine = combiner(node.operator);
  return (frame) => {
    try {
      const located = target.locate(frame);
      return combine(located, () => value(frame), frame.run);
    } catch (error) {
      throw failed(error, place);
    }
  };
}

type Combine = (target: Located, value: () => Value, run: Run) => Value;

function combiner(operator: AssignmentExpression['operator']): Combine {
  const stored = (target: Located, value: Value): Value => {
    target.write(value);
    return value;
  };
  switch (operator) {
    case '=':
      return (target, value) => stored(target, value());
    case '||=':
      return (target, value) => target.read() || stored(target, value());
    case '&&=':
      return (target, value) => target.read() && stored(target, value());
    case '??=':
      return (target, value) => target.read() ?? stored(target, value());
    default: {
      const operate = operatorNamed(operator.slice(0, -1) as BinaryOperator);
      return (target, value, run) => {
        const left = target.read();
        const right = value();
        run.chargeOperands([left, right]);
        return stored(target, operate(left, right, run));
      };
    }
  }
}

/** `i++`, `--i` */
export function updateClosure(compiler: Compiler, node: UpdateExpression): Evaluate {
  const target = targetOf(compiler, node.argument);
  const place = compiler.place(node);
  const by = node.operator === '++' ? 1 : -1;
  return (frame) => {
    try {
      const located = target.locate(frame);
      const before = numberOf(located.read(), frame.run);
      located.write(before + by);
      return node.prefix ? before + by : before;
    } catch (error) {
      throw failed(error, place);
    }
  };
}

/** `(a, b)`: all in turn, the last one counts. */
export function sequenceClosure(compiler: Compiler, node: SequenceExpression): Evaluate {
  const all = node.expressions.map((one) => compiler.compile(one));
  return (frame) => {
    let value: Value;
    for (const evaluate of all) value = evaluate(frame);
    return value;
  };
}

function targetOf(compiler: Compiler, node: AssignmentExpression['left'] | UpdateExpression['argument']): Target {
  if (node.type === 'ParenthesizedExpression') return targetOf(compiler, node.expression);
  if (node.type === 'Identifier') return variableTarget(compiler, node);
  if (node.type === 'MemberExpression') return memberTarget(compiler, node);
  throw deniedError('assignment to a pattern', 'Assign one variable at a time, or declare several: `const { a, b } = ...`.');
}

function variableTarget(compiler: Compiler, { name }: Identifier): Target {
  const slot = compiler.names.find(name);
  if (slot === undefined)
    throw deniedError(
      `assignment to ${name}`,
      `Only variables of a function can be assigned, and \`${name}\` is none. Data never changes.`,
    );
  if (slot.isConstant)
    throw deniedError(`assignment to constant ${name}`, `\`${name}\` is constant. Declare it with \`let\` to change it.`);
  return {
    locate: (frame) => {
      const home = frameOf(frame, slot);
      return {
        read: () => home.slots[slot.index],
        write: (value) => {
          home.slots[slot.index] = value;
        },
      };
    },
  };
}

function frameOf(frame: Frame, { hops }: Slot): Frame {
  let at = frame;
  for (let hop = 0; hop < hops; hop += 1) at = at.parent ?? at;
  return at;
}

function memberTarget(compiler: Compiler, node: MemberExpression): Target {
  const root = rootOf(node.object);
  if (!compiler.isLoose && root !== undefined && compiler.names.find(root) === undefined)
    throw deniedError(`assignment to data of ${root}`, 'Data never changes. Make a new object: `{ ...old, name: value }`.');
  const owner = compiler.compile(node.object);
  const fixed = staticKey(node);
  const key: (frame: Frame) => string = fixed === undefined ? computedKey(compiler, node) : () => fixed;
  return {
    locate: (frame) => {
      const object = owner(frame);
      const name = key(frame);
      return {
        read: () => {
          const value = readKey(object, name);
          return value === missing ? undefined : value;
        },
        write: (value) => write(object, name, { value, run: frame.run }),
      };
    },
  };
}

/** The name that a chain of members starts with. */
function rootOf(node: MemberExpression['object']): string | undefined {
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' ? rootOf(node.object) : undefined;
}

function computedKey(compiler: Compiler, node: MemberExpression): (frame: Frame) => string {
  const computed = compiler.compile(propertyOf(node));
  return (frame) => keyFor(computed(frame), frame.run);
}

/** Sets a field of what the expression made itself. n8n's data can be changed within one expression, unseen: there it does nothing. */
function write(object: Value, key: string, { value, run }: { value: Value; run: Run }): void {
  if (typeof object === 'object' && object !== null && run.owns(object)) {
    if (isList(object)) return setElement(object as Value[], key, { value, run });
    if (isPlain(object)) {
      run.spend(1 + (key.length >> 5));
      return put(object as Record<string, Value>, key, value);
    }
  }
  if (run.isLoose && typeof object === 'object' && object !== null) return undefined;
  throw typeError(
    `assignment to ${key.slice(0, 60)}`,
    'Only lists and objects that the expression itself made can be changed: data never changes. Make a new one: `{ ...old, name: value }`.',
  );
}

function setElement(list: Value[], key: string, { value, run }: { value: Value; run: Run }): void {
  const index = /^\d{1,9}$/u.test(key) ? Number(key) : -1;
  if (index < 0 || index > list.length) throw typeError('assignment beyond a list', 'A list grows one element at a time: use `push`.');
  run.chargeList(1);
  list[index] = value;
}
