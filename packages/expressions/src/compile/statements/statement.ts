import type { FunctionDeclaration, FunctionExpression, IfStatement, Statement, SwitchStatement, VariableDeclaration } from 'acorn';
import { deniedError } from '../../errors.ts';
import type { Frame } from '../../runtime/run.ts';
import { isSame } from '../../runtime/text.ts';
import type { Value } from '../../runtime/value.ts';
import type { Compiler, Evaluate } from '../compiler.ts';
import { deniedSyntax } from '../denied.ts';
import { type Bind, binder } from '../patterns.ts';
import { forInClosure, forOfClosure, forClosure, whileClosure } from './loops.ts';
import { breaks, continues, type Execute, next, type Statements } from './signals.ts';
import { throwClosure, tryClosure } from './try.ts';

/** Statements with variables of their own: `{ ... }`. Functions declared in them exist from their start. */
export function block(compiler: Compiler, nodes: readonly Statement[]): Execute {
  return compiler.within(compiler.names.inBlock(), () => sequence(compiler, nodes));
}

/** Statements in the variables that are visible already. */
function sequence(compiler: Compiler, nodes: readonly Statement[]): Execute {
  const declarations = nodes.filter((node) => node.type === 'FunctionDeclaration');
  const slots = declarations.map((node) => compiler.names.declare(node.id.name, 'var'));
  const hoisted = declarations.map((node, index) => hoistedOf(compiler, node, slots[index] ?? 0));
  const executes = nodes
    .filter((node) => node.type !== 'FunctionDeclaration')
    .map((node) => compiler.locate(node, () => statement(compiler, node)));
  return (frame) => {
    for (const hoist of hoisted) hoist(frame);
    for (const execute of executes) {
      const value = execute(frame);
      if (value !== next) return value;
    }
    return next;
  };
}

function hoistedOf(compiler: Compiler, node: FunctionDeclaration, slot: number): (frame: Frame) => void {
  const asValue: FunctionExpression = { ...node, id: null, type: 'FunctionExpression' };
  const evaluate = compiler.compile(asValue);
  return (frame) => {
    frame.slots[slot] = evaluate(frame);
  };
}

const statements: Statements = { one: statement, block, declaration };

/**
 * One statement. What is not named here does not exist in the language.
 * @throws ExpressionError `expression_denied` for every other kind
 */
function statement(compiler: Compiler, node: Statement): Execute {
  switch (node.type) {
    case 'ReturnStatement':
      return node.argument ? compiler.compile(node.argument) : () => undefined;
    case 'IfStatement':
      return ifOf(compiler, node);
    case 'BlockStatement':
      return compiler.deeper(node, () => block(compiler, node.body));
    case 'VariableDeclaration':
      return declaration(compiler, node);
    case 'EmptyStatement':
      return () => next;
    case 'ExpressionStatement':
      return expressionOf(compiler.compile(node.expression));
    case 'BreakStatement':
    case 'ContinueStatement':
      if (node.label) throw deniedError('label', '`break` and `continue` have no label here.');
      return node.type === 'BreakStatement' ? () => breaks : () => continues;
    case 'ForOfStatement':
      return compiler.deeper(node, () => forOfClosure(compiler, node, statements));
    case 'ForInStatement':
      return compiler.deeper(node, () => forInClosure(compiler, node, statements));
    case 'ForStatement':
      return compiler.deeper(node, () => forClosure(compiler, node, statements));
    case 'WhileStatement':
    case 'DoWhileStatement':
      return compiler.deeper(node, () => whileClosure(compiler, node, statements));
    case 'SwitchStatement':
      return compiler.deeper(node, () => switchOf(compiler, node));
    case 'TryStatement':
      return compiler.deeper(node, () => tryClosure(compiler, node, statements));
    case 'ThrowStatement':
      return throwClosure(compiler, node);
    default:
      throw deniedSyntax(node.type);
  }
}

function expressionOf(evaluate: Evaluate): Execute {
  return (frame) => {
    evaluate(frame);
    return next;
  };
}

function ifOf(compiler: Compiler, node: IfStatement): Execute {
  const test = compiler.compile(node.test);
  const consequent = compiler.deeper(node, () => statement(compiler, node.consequent));
  const { alternate } = node;
  const otherwise: Execute = alternate ? compiler.deeper(node, () => statement(compiler, alternate)) : () => next;
  return (frame) => (test(frame) ? consequent(frame) : otherwise(frame));
}

/** `const a = 1, { b } = c` */
function declaration(compiler: Compiler, node: VariableDeclaration): Execute {
  const { kind } = node;
  if (kind !== 'const' && kind !== 'let' && kind !== 'var') throw deniedError(`${kind} declaration`, 'Declare variables with `const`.');
  const steps = node.declarations.map(({ id, init }): { readonly init: Evaluate; readonly bind: Bind } => {
    // A name exists within its own value: a function can call itself.
    const early = id.type === 'Identifier' ? compiler.declared(kind, () => binder(compiler, id)) : undefined;
    const evaluate: Evaluate = init ? compiler.compile(init) : () => undefined;
    return { init: evaluate, bind: early ?? compiler.declared(kind, () => binder(compiler, id)) };
  });
  return (frame) => {
    for (const { init, bind } of steps) bind(frame, init(frame));
    return next;
  };
}

function switchOf(compiler: Compiler, node: SwitchStatement): Execute {
  const subject = compiler.compile(node.discriminant);
  const cases = compiler.within(compiler.names.inBlock(), () =>
    node.cases.map((one) => ({ test: one.test ? compiler.compile(one.test) : undefined, run: sequence(compiler, one.consequent) })),
  );
  const otherwise = cases.findIndex((one) => one.test === undefined);
  return (frame) => {
    const value = subject(frame);
    const matching = cases.findIndex(({ test }) => test !== undefined && isSame(test(frame), value));
    return fallThrough(cases, matching === -1 ? otherwise : matching, frame);
  };
}

function fallThrough(cases: readonly { readonly run: Execute }[], from: number, frame: Frame): Value {
  if (from === -1) return next;
  for (const one of cases.slice(from)) {
    const value = one.run(frame);
    if (value === breaks) return next;
    if (value !== next) return value;
  }
  return next;
}
