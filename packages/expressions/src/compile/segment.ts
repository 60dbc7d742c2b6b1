import { deniedError, ExpressionError } from '../errors.ts';
import { maxDepth } from '../limits.ts';
import type { CodeSegment } from '../parse.ts';
import type { Profile } from '../profile.ts';
import { Compiler, type Evaluate } from './compiler.ts';
import { closureOf } from './expression.ts';
import { isStackOverflow } from './failed.ts';

/**
 * One `{{ }}` as a closure.
 * @throws ExpressionError with its position in `source` for everything that the language does not have
 */
export function compileSegment({ source, profile }: { source: string; profile?: Profile }, segment: CodeSegment): Evaluate {
  try {
    if (segment.node.type === 'SequenceExpression')
      throw deniedError('two expressions', 'One expression at a time: commas between expressions are not available here.').at(segment);
    const isLoose = profile === 'n8n';
    return new Compiler({ source, offset: segment.offset, end: segment.end, isLoose }, closureOf).compile(segment.node);
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
