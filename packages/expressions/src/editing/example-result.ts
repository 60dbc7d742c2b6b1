import { ExpressionError } from '../errors.ts';
import type { ExpressionScope } from '../scope.ts';
import { compileTemplate } from '../template.ts';

/** Examples are small; a mistake in one must not hold up the editor. */
const FUEL = 20_000;
const SHOWN_LENGTH = 60;

/**
 * What an expression without braces gives for a sample, computed by the interpreter, as short JSON; undefined where it fails.
 * Never throws for what is written.
 */
export function exampleResult(expression: string, sample: ExpressionScope): string | undefined {
  try {
    const text = JSON.stringify(compileTemplate(`{{ ${expression} }}`).evaluate(sample, { fuel: FUEL }));
    return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 1)}…` : text;
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}
