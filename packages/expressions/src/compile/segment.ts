import { ExpressionError } from '../errors.ts';
import { maxDepth } from '../limits.ts';
import type { CodeSegment } from '../parse.ts';
import { Compiler, type Evaluate } from './compiler.ts';
import { closureOf } from './expression.ts';
import { isStackOverflow } from './failed.ts';

/**
 * One `{{ }}` as a closure.
 * @throws ExpressionError with its position in `source` for everything that the language does not have
 */
export function compileSegment(source: string, segment: CodeSegment): Evaluate {
  try {
    return new Compiler({ source, offset: segment.offset }, closureOf).compile(segment.node);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    const hint = `An expression can be nested up to ${maxDepth} deep.`;
    throw new ExpressionError({
      code: 'expression_syntax',
      message: 'source nested too deeply',
      hint,
      start: segment.start,
      end: segment.end,
    });
  }
}
