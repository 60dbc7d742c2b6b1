import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.ts';

/** A child as the supervisor, the watcher and the next start know it. */
export interface ChildRecord extends ProcessIdentity {
  readonly name: string;
  /** How it is asked to stop: `SIGINT` is PostgreSQL's fast shutdown, `SIGTERM` everybody else's. */
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** Milliseconds until it is asked with less patience (PostgreSQL) or killed. */
  readonly graceMs: number;
}

/** A signal and the milliseconds that it gets before the next one. */
interface Step {
  readonly signal: NodeJS.Signals;
  readonly afterMs: number;
}

const IMMEDIATE_MS = 2_000;

/**
 * How a child is stopped, step by step. PostgreSQL may be writing its last checkpoint on a slow disk when its grace is over: it is then
 * told to end at once (its log is whole, the next start recovers from it) and takes its own children with it. Killed outright it would
 * leave them behind until each notices.
 */
export function stepsOf({ stopSignal, graceMs }: Pick<ChildRecord, 'stopSignal' | 'graceMs'>): readonly Step[] {
  const patient: Step = { signal: stopSignal, afterMs: 0 };
  if (stopSignal !== 'SIGINT') return [patient, { signal: 'SIGKILL', afterMs: graceMs }];
  return [patient, { signal: 'SIGQUIT', afterMs: graceMs }, { signal: 'SIGKILL', afterMs: graceMs + IMMEDIATE_MS }];
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone in between, which is what was wanted.
  }
}

/** Stops one process step by step, and returns when it is gone. A process that only took over its number is left alone. */
export async function stopProcess(child: ChildRecord, graceMs: number = child.graceMs): Promise<void> {
  const steps = [...stepsOf({ stopSignal: child.stopSignal, graceMs })];
  const begunAt = performance.now();
  while (isRunning(child)) {
    const [next] = steps;
    if (next !== undefined && performance.now() - begunAt >= next.afterMs) {
      steps.shift();
      signal(child.pid, next.signal);
    }
    await sleep(25);
  }
}
