import { deniedError } from '../errors.ts';
import type { Run } from '../runtime/run.ts';

/**
 * A number from 0 up to 1, from the chance that the evaluation was given.
 * @throws ExpressionError `expression_denied` where there is none
 */
export function chanceOf(run: Run): number {
  if (run.scope.random === undefined)
    throw deniedError('Math.random', 'Chance is not available here: running this again must give the same result.');
  return run.scope.random();
}
