import { readdirSync, readFileSync } from 'node:fs';

/** A process as it was seen once. */
interface SeenProcess {
  readonly pid: number;
  readonly parent: number;
  /** In clock ticks since the machine started: a pid that was given out again is another process. */
  readonly startedAt: number;
  /** Time that it computed, in clock ticks; Linux has 100 a second. */
  readonly cpu: number;
}

/** @returns undefined where there is no such process, or nothing of it but its entry */
function see(pid: number): SeenProcess | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    return { pid, parent: Number(parent), startedAt: Number(rest[17]), cpu: Number(rest[9]) + Number(rest[10]) };
  } catch {
    // It ended while it was read.
    return undefined;
  }
}

/** Every process below one. Linux only. */
export function processesBelow(root: number): readonly SeenProcess[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => see(Number(name)) ?? []);
  const below = (parent: number): readonly SeenProcess[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(root);
}

/** Whether that very process still runs. Linux only. */
export function isStillRunning({ pid, startedAt }: SeenProcess): boolean {
  return see(pid)?.startedAt === startedAt;
}
