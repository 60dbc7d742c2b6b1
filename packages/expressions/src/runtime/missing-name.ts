import { ExpressionError } from '../errors.ts';
import { closest } from '../suggest.ts';

/** The error for a variable that is not there, or an environment name that is not allowed: says where it is made or allowed. */
export function missingNameError(root: '$vars' | '$env', key: string, known: readonly string[]): ExpressionError {
  const suggestion = closest(key, known);
  const near = suggestion === undefined ? '' : ` Did you mean \`${suggestion}\`?`;
  const hint =
    root === '$vars'
      ? `There was no variable \`${key}\` in this workspace when the run was started.${near} Add it in Settings › Variables, or use \`?? ''\` for a default.`
      : `The environment name \`${key}\` is not allowed in expressions, or not set.${near} An admin allows it with MILLWRIGHT_EXPRESSION_ENV=${key} in the server's settings.`;
  return new ExpressionError({ code: 'expression_missing_key', message: `${root}.${key} is missing`, hint, missingKey: key, suggestion });
}
