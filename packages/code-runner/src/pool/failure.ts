import { isJsonObject, type UserError } from '@millwright/core';
import { codeError } from '../errors.ts';
import type { Exit } from './sandbox-process.ts';

/** A place in the user's file, in a stack of V8 or of Python. */
const PLACE = /code-node\.(?:js:(\d+):(\d+)|py", line (\d+))/;
const NO_MEMORY = /out of memory|allocation failed|Failed to (?:allocate|reserve)|Invalid array buffer length|MemoryError/i;
const NO_PROCESS = /can't start new thread|BlockingIOError|spawn \S+ (?:EPERM|EAGAIN)/;
/** Where the interpreter says nothing. */
const MESSAGES: Readonly<Record<string, string>> = { code_out_of_memory: 'The code needs more memory than it may have' };
const MESSAGE_CHARACTERS = 2_000;

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MESSAGE_CHARACTERS) : '');

function codeFor(code: string, name: string, message: string): string {
  if (code !== '' && code !== 'code_failed') return code;
  if (NO_MEMORY.test(message) || name === 'MemoryError') return 'code_out_of_memory';
  return NO_PROCESS.test(`${name}: ${message}`) ? 'code_processes' : 'code_failed';
}

/** The failure that a sandbox reports; trusts none of it. */
export function reportedFailure(text: string): UserError {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    report = undefined;
  }
  if (!isJsonObject(report)) return codeError('code_failed', 'The code failed, and said nothing that can be read');
  const name = textOf(report['name']);
  const message = textOf(report['message']);
  const found = PLACE.exec(typeof report['stack'] === 'string' ? report['stack'] : '');
  const line = numberOf(report['line']) ?? (found === null ? undefined : Number(found[1] ?? found[3]));
  const column = numberOf(report['column']) ?? (found?.[2] === undefined ? undefined : Number(found[2]));
  const code = codeFor(textOf(report['code']), name, message);
  const shown = name === '' || name === 'Error' || code !== 'code_failed' ? message : `${name}: ${message}`;
  return codeError(code, shown === '' ? (MESSAGES[code] ?? 'The code failed without a message') : shown, {
    line,
    column,
    itemIndex: numberOf(report['itemIndex']),
  });
}

/** Why a process that was at work is gone. */
export function failureOfExit(exit: Exit): UserError {
  if (exit.broke !== undefined)
    return codeError(
      'code_failed',
      exit.broke.startsWith('a frame of') ? `The code sent ${exit.broke}` : 'The code broke the pipe of its sandbox',
    );
  if (NO_MEMORY.test(exit.tail)) return codeError('code_out_of_memory', MESSAGES['code_out_of_memory'] ?? '');
  return codeError('code_failed', 'The code ended its own process');
}
