import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { messageOf, TransientError } from '@millwright/core';

/** How long to wait for a Temporal server, and when to give up early. */
export interface NamespaceWait {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

const PROGRAM = fileURLToPath(new URL('register-namespace.ts', import.meta.url));

/**
 * Waits until a Temporal server answers and the namespace `millwright` can be used, registering it when it is missing. In a process of
 * its own, whose modules load while the server boots: the client would stay in the caller's memory for good, 20 MB for one question.
 * @param address `host:port` of the frontend
 * @throws TransientError `temporal_not_ready` when the time is over
 */
export async function ensureNamespace(address: string, { timeoutMs, signal }: NamespaceWait): Promise<void> {
  const deadline = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]);
  try {
    await promisify(execFile)(process.execPath, [PROGRAM, address, String(timeoutMs)], { signal: deadline });
  } catch (thrown) {
    const said = thrown instanceof Error && 'stderr' in thrown && typeof thrown.stderr === 'string' ? thrown.stderr.trim() : '';
    throw new TransientError({
      code: 'temporal_not_ready',
      message: `Temporal at ${address} was not ready within ${timeoutMs} ms: ${said === '' ? messageOf(thrown) : said}`,
      hint: 'Look at the end of logs/temporal.log in the data folder, or check TEMPORAL_ADDRESS.',
      cause: thrown,
    });
  }
}
