import type { ThrowStatement, TryStatement } from 'acorn';
import { ExpressionError } from '../../errors.ts';
import type { Frame } from '../../runtime/run.ts';
import { isPlain, type Plain, type Value } from '../../runtime/value.ts';
import type { Compiler } from '../compiler.ts';
import { failed } from '../failed.ts';
import { type Bind, binder } from '../patterns.ts';
import { type Execute, next, type Statements } from './signals.ts';

/** What making an error and catching it costs the host, in units of work. */
const caughtCost = 500;

/** `try { ... } catch (error) { ... } finally { ... }`: everything but limits can be caught. */
export function tryClosure(compiler: Compiler, node: TryStatement, statements: Statements): Execute {
  const attempt = statements.block(compiler, node.block.body);
  const { handler, finalizer } = node;
  const rescue = handler ? handlerOf(compiler, handler, statements) : undefined;
  const last = finalizer ? statements.block(compiler, finalizer.body) : undefined;
  return (frame) => {
    const { depth } = frame.run;
    const settle = (): Value => {
      try {
        return attempt(frame);
      } catch (error) {
        if (rescue === undefined) throw error;
        const caught = catchable(error);
        frame.run.spend(caughtCost);
        frame.run.backTo(depth);
        return rescue(frame, caught);
      }
    };
    return last === undefined ? settle() : finished(frame, settle, last);
  };
}

type Rescue = (frame: Frame, error: ExpressionError) => Value;

function handlerOf(compiler: Compiler, handler: NonNullable<TryStatement['handler']>, statements: Statements): Rescue {
  return compiler.within(compiler.names.inBlock(), () => {
    const { param } = handler;
    const bind: Bind | undefined = param ? compiler.declared('let', () => binder(compiler, param)) : undefined;
    const body = statements.block(compiler, handler.body.body);
    return (frame, error) => {
      bind?.(frame, error.message === thrownMessage ? frame.run.thrown : errorValue('Error', error.message));
      return body(frame);
    };
  });
}

/** What `catch` may see. @throws whatever it may not: what is used up stays used up */
function catchable(error: unknown): ExpressionError {
  const known = failed(error);
  if (known instanceof ExpressionError && known.code !== 'expression_limit') return known;
  throw known;
}

function finished(frame: Frame, settle: () => Value, last: Execute): Value {
  let value: Value;
  try {
    value = settle();
  } catch (error) {
    const caught = catchable(error);
    frame.run.spend(caughtCost);
    const given = last(frame);
    if (given !== next) return given;
    throw caught;
  }
  const given = last(frame);
  return given === next ? value : given;
}

/** Data may be in what was thrown: it is not in the message. */
const thrownMessage = 'thrown by the expression';

/** What `new Error(...)` and `catch` give: data, with the two fields that people read. */
export function errorValue(name: string, message: string): Plain {
  return { name, message };
}

/** `throw new Error('...')` */
export function throwClosure(compiler: Compiler, node: ThrowStatement): Execute {
  const thrown = compiler.compile(node.argument);
  const place = compiler.place(node);
  return (frame) => {
    const value = thrown(frame);
    frame.run.thrown = value;
    const own = isPlain(value) && Object.hasOwn(value, 'message') ? value['message'] : value;
    const said = typeof own === 'string' ? `: ${own.slice(0, 200)}` : '.';
    throw new ExpressionError({
      code: 'expression_type',
      message: thrownMessage,
      hint: `The expression itself threw an error${said}`,
      ...place,
    });
  };
}
