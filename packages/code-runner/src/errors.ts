import { TransientError, UserError, type UserErrorKind } from '@millwright/core';

/** Codes that the code's own failure may carry; the guest says which, and anything else is `code_failed`. */
const KINDS: Readonly<Record<string, { readonly kind: UserErrorKind; readonly hint: string }>> = {
  code_failed: { kind: 'unprocessable', hint: 'Look at the line that the error names.' },
  code_syntax: { kind: 'invalid', hint: 'Correct the line that the error names.' },
  code_out_of_memory: { kind: 'tooLarge', hint: 'Handle fewer items at a time, or keep less of them in memory.' },
  code_timeout: { kind: 'unprocessable', hint: 'Look for a loop that does not end, or for a promise that nothing settles.' },
  code_result_invalid: { kind: 'unprocessable', hint: 'Return a list of items: objects with a field json that JSON can express.' },
  code_too_much_output: { kind: 'tooLarge', hint: 'Write less to the console.' },
  code_no_network: { kind: 'forbidden', hint: 'Use an HTTP request node, or ask an admin to allow requests from code.' },
  code_no_static_data: {
    kind: 'unprocessable',
    hint: 'Keep it in a database or a sheet, which steps of their own read and write: what they did is then known, and not done twice.',
  },
  code_package_denied: { kind: 'forbidden', hint: 'Ask an admin to add the package to the list for code nodes.' },
  code_processes: { kind: 'forbidden', hint: 'Code runs in one process and can start no others.' },
  code_python_missing: { kind: 'unprocessable', hint: 'Install Python 3 (and bubblewrap) where the server runs, or use JavaScript.' },
};

/** Where in the user's file, and which item. */
export interface CodePlace {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly itemIndex?: number | undefined;
}

/** A failure of the user's code. */
export function codeError(code: string, message: string, place: CodePlace = {}): UserError {
  const known = Object.hasOwn(KINDS, code) ? code : 'code_failed';
  const { kind, hint } = KINDS[known] ?? { kind: 'unprocessable' as const, hint: '' };
  const details = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
  return new UserError(kind, { code: known, message, hint, details });
}

/** Our own machinery failed before the code started: the same call may well succeed. */
export function runnerLost(message: string, cause?: unknown): TransientError {
  return new TransientError({ code: 'code_runner_lost', message, hint: 'The call is made again by itself.', cause });
}
