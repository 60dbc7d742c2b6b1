import { MillwrightError } from '@millwright/core';
import { ExpressionError, limitError, typeError } from '../errors.ts';
import { type Place, placed } from './compiler.ts';

/** What to throw for anything thrown while evaluating: an ExpressionError with its place. Errors of ours pass. */
export function failed(error: unknown, place?: Place & { readonly isFinal?: boolean }): unknown {
  if (error instanceof ExpressionError) {
    if (place?.isFinal === true && !error.isFinal) return error.at(place);
    return place === undefined ? error : placed(error, place);
  }
  if (error instanceof MillwrightError) return error;
  const translated = translate(error);
  return place === undefined ? translated : placed(translated, place);
}

/** Whether the host ran out of stack: each engine says it differently. */
export function isStackOverflow(error: unknown): boolean {
  return error instanceof Error && /call stack|too much recursion|stack size|stack space/iu.test(error.message);
}

function translate(error: unknown): ExpressionError {
  if (isStackOverflow(error))
    return limitError('evaluation nested too deeply', 'This expression nests too deeply. Split it over several steps.');
  const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
  return typeError(reason, `This could not be worked out: ${reason}.`);
}
