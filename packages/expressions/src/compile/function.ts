import type { ArrowFunctionExpression, FunctionExpression } from 'acorn';
import type { Frame } from '../runtime/run.ts';
import { Lambda, type Value } from '../runtime/value.ts';
import type { Compiler, Evaluate } from './compiler.ts';
import { deniedFunction } from './denied.ts';
import { type Bind, binder } from './patterns.ts';
import { next, returned } from './statements/signals.ts';
import { block } from './statements/statement.ts';

type FunctionNode = ArrowFunctionExpression | FunctionExpression;

/** `x => ...`: a function that stays inside the interpreter. */
export function functionClosure(compiler: Compiler, node: FunctionNode): Evaluate {
  if (node.async || node.generator) throw deniedFunction();
  const { made, depth, cost } = compiler.measured(() => compiler.within(compiler.names.inFunction(), () => parts(compiler, node)));
  const { parameters, body, self } = made;
  return (frame) => {
    const lambda: Lambda = new Lambda((args) => {
      const { run } = frame;
      run.spend(cost);
      run.enter(depth);
      const inner: Frame = { run, slots: [], parent: frame };
      if (self !== undefined) inner.slots[self] = lambda;
      for (const [index, bind] of parameters.entries()) bind(inner, args, index);
      const value = body(inner);
      run.leave(depth);
      return value;
    });
    return lambda;
  };
}

interface Parts {
  readonly parameters: readonly Parameter[];
  readonly body: Evaluate;
  /** Slot of the name that a function expression has for itself. */
  readonly self: number | undefined;
}

function parts(compiler: Compiler, node: FunctionNode): Parts {
  const self = node.type === 'FunctionExpression' && node.id ? compiler.names.declare(node.id.name, 'var') : undefined;
  const parameters = compiler.declared('let', () =>
    node.params.map((parameter) =>
      parameterOf(
        parameter.type === 'RestElement' ? binder(compiler, parameter.argument) : binder(compiler, parameter),
        parameter.type === 'RestElement',
      ),
    ),
  );
  if (node.body.type !== 'BlockStatement') return { parameters, self, body: compiler.compile(node.body) };
  const execute = block(compiler, node.body.body);
  return {
    parameters,
    self,
    body: (frame) => {
      const value = execute(frame);
      return value === next ? undefined : returned(value);
    },
  };
}

type Parameter = (frame: Frame, args: readonly Value[], index: number) => void;

function parameterOf(bind: Bind, isRest: boolean): Parameter {
  if (isRest) return (frame, args, index) => bind(frame, args.slice(index));
  return (frame, args, index) => bind(frame, args[index]);
}
