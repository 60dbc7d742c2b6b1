import type { ArrowFunctionExpression, BlockStatement, FunctionExpression, IfStatement, Statement, VariableDeclaration } from 'acorn';
import { deniedError } from '../errors.ts';
import type { Frame } from '../runtime/run.ts';
import { Lambda, type Value } from '../runtime/value.ts';
import type { Compiler, Evaluate } from './compiler.ts';
import { denialOf } from './denied.ts';
import { type Bind, binder } from './patterns.ts';

/** What a statement gives when it did not return. */
const next: unique symbol = Symbol('next');
/** Runs a statement: gives what it returns, or {@link next}. */
type Execute = (frame: Frame) => Value;

/** `x => ...`: a function that stays inside the interpreter. */
export function functionClosure(compiler: Compiler, node: ArrowFunctionExpression | FunctionExpression): Evaluate {
  if (node.async || node.generator)
    throw deniedError('async function or generator', 'Functions in expressions are plain: no `async`, no `function*`.');
  if (node.id) throw deniedError('named function', 'Functions in expressions have no name: write `x => ...`.');
  const { made, depth, cost } = compiler.measured(() => compiler.within(compiler.names.inFunction(), () => parts(compiler, node)));
  const { parameters, body } = made;
  return (frame) =>
    new Lambda((args) => {
      const { run } = frame;
      run.spend(cost);
      run.enter(depth);
      const inner: Frame = { run, slots: [], parent: frame };
      for (const [index, bind] of parameters.entries()) bind(inner, args, index);
      const value = body(inner);
      run.leave(depth);
      return value;
    });
}

function parts(
  compiler: Compiler,
  node: ArrowFunctionExpression | FunctionExpression,
): { parameters: readonly Parameter[]; body: Evaluate } {
  const parameters = node.params.map((parameter) =>
    parameterOf(
      parameter.type === 'RestElement' ? binder(compiler, parameter.argument) : binder(compiler, parameter),
      parameter.type === 'RestElement',
    ),
  );
  if (node.body.type !== 'BlockStatement') return { parameters, body: compiler.compile(node.body) };
  const block = statements(compiler, node.body);
  return {
    parameters,
    body: (frame) => {
      const value = block(frame);
      return value === next ? undefined : value;
    },
  };
}

type Parameter = (frame: Frame, args: readonly Value[], index: number) => void;

function parameterOf(bind: Bind, isRest: boolean): Parameter {
  if (isRest) return (frame, args, index) => bind(frame, args.slice(index));
  return (frame, args, index) => bind(frame, args[index]);
}

function statements(compiler: Compiler, node: BlockStatement): Execute {
  const executes = compiler.within(compiler.names.inBlock(), () =>
    node.body.map((statement) => compiler.locate(statement, () => statementOf(compiler, statement))),
  );
  return (frame) => {
    for (const execute of executes) {
      const value = execute(frame);
      if (value !== next) return value;
    }
    return next;
  };
}

function statementOf(compiler: Compiler, node: Statement): Execute {
  switch (node.type) {
    case 'ReturnStatement':
      return node.argument ? compiler.compile(node.argument) : () => undefined;
    case 'IfStatement':
      return ifOf(compiler, node);
    case 'BlockStatement':
      return compiler.deeper(node, () => statements(compiler, node));
    case 'VariableDeclaration':
      return declarationOf(compiler, node);
    case 'EmptyStatement':
      return () => next;
    case 'ExpressionStatement': {
      const evaluate = compiler.compile(node.expression);
      return (frame) => {
        evaluate(frame);
        return next;
      };
    }
    default:
      throw deniedError(`${node.type} is not available`, denialOf(node.type));
  }
}

function ifOf(compiler: Compiler, node: IfStatement): Execute {
  const test = compiler.compile(node.test);
  const consequent = compiler.deeper(node, () => statementOf(compiler, node.consequent));
  const { alternate } = node;
  const otherwise: Execute = alternate ? compiler.deeper(node, () => statementOf(compiler, alternate)) : () => next;
  return (frame) => (test(frame) ? consequent(frame) : otherwise(frame));
}

function declarationOf(compiler: Compiler, node: VariableDeclaration): Execute {
  if (node.kind !== 'const' && node.kind !== 'let') throw deniedError(`${node.kind} declaration`, 'Declare variables with `const`.');
  const steps = node.declarations.map((declaration) => {
    if (!declaration.init) throw deniedError('variable without a value', 'A variable needs its value at once: `const x = ...`.');
    const init = compiler.compile(declaration.init);
    return { init, bind: binder(compiler, declaration.id) };
  });
  return (frame) => {
    for (const { init, bind } of steps) bind(frame, init(frame));
    return next;
  };
}
