import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.ts';

/** A child as the supervisor, the watcher and the next start know it. */
export interface ChildRecord extends ProcessIdentity {
  readonly name: string;
  /** How it is asked to stop: `SIGINT` is PostgreSQL's fast shutdown, `SIGTERM` everybody else's. */
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** Milliseconds until it is killed. */
  readonly graceMs: number;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone in between, which is what was wanted.
  }
}

/** Asks one process to stop, kills it after its grace, and returns when it is gone. A process that only took over its number is left alone. */
export async function stopProcess(child: ChildRecord, graceMs: number = child.graceMs): Promise<void> {
  if (!(await isRunning(child))) return;
  signal(child.pid, child.stopSignal);
  const killAt = performance.now() + graceMs;
  let killed = false;
  while (await isRunning(child)) {
    if (!killed && performance.now() >= killAt) {
      signal(child.pid, 'SIGKILL');
      killed = true;
    }
    await sleep(25);
  }
}
