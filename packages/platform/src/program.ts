import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { MillwrightError } from '@millwright/core';
import { withoutUrlPasswords } from './logger.ts';

/** A program of the operating system, and how it is started. Secrets go into `env`, never into `args`. */
export interface Program {
  /** For logs, such as `postgres`. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** The user to run as. Default: ours. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

const LINES_KEPT = 20;

async function exitOf(child: ChildProcess): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
}

/**
 * Runs a program to its end.
 * @param program what to run
 * @param onLine sees each line that it writes (both streams), as it comes
 * @param signal ends the program when aborted
 * @returns the last lines that it wrote
 * @throws MillwrightError `program_failed` when it cannot start or ends with another code than 0, with its last lines in `details`
 */
export async function runProgram(program: Program, onLine?: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    if (lines.length > LINES_KEPT) lines.shift();
    onLine?.(line);
  };
  const fail = (what: string, cause?: unknown): MillwrightError =>
    new MillwrightError({
      code: 'program_failed',
      message: `${program.name} ${what}`,
      details: { output: withoutUrlPasswords(lines.join('\n')) },
      cause,
    });
  try {
    const child = spawn(program.file, program.args, {
      env: { ...program.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(program.cwd === undefined ? {} : { cwd: program.cwd }),
      ...program.user,
      ...(signal === undefined ? {} : { signal }),
    });
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', keep);
    const ended = await exitOf(child);
    if (ended.code === 0) return lines.join('\n');
    throw fail(ended.code === null ? `was ended by ${ended.signal ?? 'a signal'}` : `ended with code ${ended.code}`);
  } catch (thrown) {
    throw thrown instanceof MillwrightError ? thrown : fail('could not be run', thrown);
  }
}
