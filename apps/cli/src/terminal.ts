import { MillwrightError, messageOf } from '@millwright/core';

/** Says something on standard output. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Says what failed and what to do: sentences for what we know, a stack only for what is a bug of ours. */
export function sayFailure(thrown: unknown): void {
  if (!(thrown instanceof MillwrightError)) {
    process.stderr.write(`\n${thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown)}\n`);
    return;
  }
  const output = thrown.details?.['output'];
  const lines = [thrown.message, typeof output === 'string' && output !== '' ? output.replaceAll(/^/gm, '  | ') : undefined, thrown.hint];
  process.stderr.write(`\n${lines.filter((line) => line !== undefined).join('\n')}\n`);
}
