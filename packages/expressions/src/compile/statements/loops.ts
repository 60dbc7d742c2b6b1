import type { DoWhileStatement, ForInStatement, ForOfStatement, ForStatement, Statement, WhileStatement } from 'acorn';
import { deniedError, typeError } from '../../errors.ts';
import { elementsOf } from '../../runtime/elements.ts';
import type { Frame, Run } from '../../runtime/run.ts';
import { describeKind, isList, isPlain, type Value } from '../../runtime/value.ts';
import { type Compiler, type Evaluate, placed } from '../compiler.ts';
import { type Bind, binder } from '../patterns.ts';
import { breaks, continues, type Execute, next, type Statements } from './signals.ts';

/** What a loop's body gave: whether to go on, and if not, what the loop gives. */
const goesOn: unique symbol = Symbol('goes on');

interface Body {
  readonly execute: Execute;
  /** Units of work per turn. */
  readonly cost: number;
}

function executeOf(compiler: Compiler, node: Statement, statements: Statements): Execute {
  return compiler.deeper(node, () => statements.one(compiler, node));
}

function turn({ execute, cost }: Body, frame: Frame): Value {
  frame.run.spend(cost);
  const value = execute(frame);
  if (value === breaks) return next;
  return value === next || value === continues ? goesOn : value;
}

/** Each turn has variables of its own, so that functions made in it keep them. */
function inner(frame: Frame, slots: Value[] = []): Frame {
  return { run: frame.run, slots, parent: frame };
}

/** `for (const x of list)` */
export function forOfClosure(compiler: Compiler, node: ForOfStatement, statements: Statements): Execute {
  if (node.await) throw deniedError('for await', 'Expressions cannot wait.');
  return eachClosure(compiler, node, { statements, listOf: elementsOf });
}

/** `for (const key in object)` */
export function forInClosure(compiler: Compiler, node: ForInStatement, statements: Statements): Execute {
  return eachClosure(compiler, node, { statements, listOf: keysIn });
}

function keysIn(value: Value, run: Run): readonly string[] {
  if (value === null || value === undefined) return [];
  if (!isPlain(value) && !isList(value))
    throw typeError(`for in of ${describeKind(value)}`, `\`for ... in\` needs an object, and this is ${describeKind(value)}.`);
  const keys = Object.keys(value);
  run.chargeList(keys.length);
  return keys;
}

interface Each {
  readonly statements: Statements;
  readonly listOf: (value: Value, run: Run) => readonly Value[];
}

function eachClosure(compiler: Compiler, node: ForOfStatement | ForInStatement, { statements, listOf }: Each): Execute {
  const { left } = node;
  if (left.type !== 'VariableDeclaration') throw deniedError('loop over a variable from outside', 'Declare it: `for (const x of list)`.');
  const source = compiler.compile(node.right);
  const place = compiler.place(node.right);
  const { made, cost } = compiler.measured(() =>
    compiler.within(compiler.names.inFunction(), (): { bind: Bind; execute: Execute } => {
      const [first] = left.declarations;
      if (first === undefined) throw deniedError('loop without a variable', 'Declare it: `for (const x of list)`.');
      const how = left.kind === 'const' ? 'const' : 'let';
      return { bind: compiler.declared(how, () => binder(compiler, first.id)), execute: executeOf(compiler, node.body, statements) };
    }),
  );
  const body: Body = { execute: made.execute, cost };
  const list = (frame: Frame): readonly Value[] => {
    const value = source(frame);
    try {
      return listOf(value, frame.run);
    } catch (error) {
      throw placed(error, place);
    }
  };
  return (frame) => {
    for (const value of list(frame)) {
      const own = inner(frame);
      made.bind(own, value);
      const given = turn(body, own);
      if (given !== goesOn) return given;
    }
    return next;
  };
}

/** `for (let i = 0; i < n; i++)` */
export function forClosure(compiler: Compiler, node: ForStatement, statements: Statements): Execute {
  const { made, cost } = compiler.measured(() => compiler.within(compiler.names.inFunction(), () => forParts(compiler, node, statements)));
  const { start, test, update, execute } = made;
  const body: Body = { execute, cost };
  return (outer) => {
    let frame = inner(outer);
    start(frame);
    while (test === undefined || test(frame)) {
      const given = turn(body, frame);
      if (given !== goesOn) return given;
      frame = inner(outer, [...frame.slots]);
      update?.(frame);
    }
    return next;
  };
}

interface ForParts {
  readonly start: Evaluate;
  readonly test: Evaluate | undefined;
  readonly update: Evaluate | undefined;
  readonly execute: Execute;
}

function forParts(compiler: Compiler, node: ForStatement, statements: Statements): ForParts {
  const { init } = node;
  const start: Evaluate = !init
    ? () => next
    : init.type === 'VariableDeclaration'
      ? statements.declaration(compiler, init)
      : compiler.compile(init);
  const test = node.test ? compiler.compile(node.test) : undefined;
  const update = node.update ? compiler.compile(node.update) : undefined;
  return { start, test, update, execute: executeOf(compiler, node.body, statements) };
}

/** `while (x) ...` and `do ... while (x)` */
export function whileClosure(compiler: Compiler, node: WhileStatement | DoWhileStatement, statements: Statements): Execute {
  const isFirstFree = node.type === 'DoWhileStatement';
  const { made, cost } = compiler.measured(() => ({
    test: compiler.compile(node.test),
    execute: compiler.within(compiler.names.inFunction(), () => executeOf(compiler, node.body, statements)),
  }));
  const { test, execute } = made;
  const body: Body = { execute, cost };
  return (frame) => {
    for (let isFirst = isFirstFree; isFirst || test(frame); isFirst = false) {
      const given = turn(body, inner(frame));
      if (given !== goesOn) return given;
    }
    return next;
  };
}
