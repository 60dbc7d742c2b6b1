import { existsSync } from 'node:fs';
import { MillwrightError } from '@millwright/core';
import { createLogger } from '@millwright/platform';
import { createCodeRunner } from './create-code-runner.ts';
import type { CodeCall, CodeResult, CodeRunner, CodeRunnerOptions } from './types.ts';

/** Whether walls of level L2 can be built here. */
export const HAS_BWRAP = existsSync('/usr/bin/bwrap');

/** A runner for tests. */
export async function openRunner(options: Partial<CodeRunnerOptions> = {}): Promise<CodeRunner> {
  return createCodeRunner({ logger: createLogger({ level: 'silent', name: 'test' }), ...options });
}

/** Opens a runner for one use, and closes it whatever comes of that. */
export async function withRunner<T>(options: Partial<CodeRunnerOptions>, act: (runner: CodeRunner) => Promise<T>): Promise<T> {
  const runner = await openRunner(options);
  try {
    return await act(runner);
  } finally {
    await runner.close();
  }
}

/** A call of `source`, with two items. */
export function callOf(source: string, changes: Partial<CodeCall> = {}): CodeCall {
  return {
    workspaceId: 'ws_one',
    projectId: 'default',
    language: 'javascript',
    mode: 'all',
    source,
    items: [{ json: { name: 'Ada' } }, { json: { name: 'Grace' } }],
    data: { nowMs: Date.UTC(2026, 10, 21, 12), seed: 'run:node:0', timezone: 'Europe/Berlin' },
    timeoutMs: 20_000,
    ...changes,
  };
}

/** What came of a call: the result, or the error's code, message and details. */
export type Outcome = { readonly result: CodeResult } | { readonly code: string; readonly message: string; readonly details: unknown };

/** Runs a call and gives failures as values. */
export async function outcomeOf(runner: CodeRunner, call: CodeCall): Promise<Outcome> {
  try {
    return { result: await runner.run(call) };
  } catch (thrown) {
    if (!(thrown instanceof MillwrightError)) throw thrown;
    return { code: thrown.code, message: thrown.message, details: thrown.details };
  }
}
