import type { NewExpression } from 'acorn';
import { deniedError } from '../errors.ts';
import { newDate } from '../methods/globals/date.ts';
import { Args } from '../methods/spec.ts';
import { Pattern } from '../runtime/pattern.ts';
import { collector } from './collections.ts';
import type { Compiler, Evaluate } from './compiler.ts';
import { failed } from './failed.ts';

/**
 * `new Date(...)`, which gives a date of ours, and `new RegExp(text, flags)`.
 * @throws ExpressionError `expression_denied` for every other `new`
 */
export function newClosure(compiler: Compiler, node: NewExpression): Evaluate {
  const name = node.callee.type === 'Identifier' && compiler.names.find(node.callee.name) === undefined ? node.callee.name : undefined;
  const collect = collector(compiler, node.arguments);
  const place = compiler.place(node);
  if (name !== 'Date' && name !== 'RegExp') {
    const hint = name === 'Set' ? 'Use `.unique()` on a list.' : 'Only `new Date(...)` and `new RegExp(...)` are available.';
    throw deniedError(`new ${name ?? 'expression'}`, hint);
  }
  return (frame) => {
    const args = new Args(`new ${name}`, collect(frame));
    try {
      if (name === 'Date') return newDate(args, frame.run);
      // Compiling a pattern costs about what matching a long text does.
      frame.run.spend(5000);
      return new Pattern(args.text(0), args.text(1, ''));
    } catch (error) {
      throw failed(error, place);
    }
  };
}
