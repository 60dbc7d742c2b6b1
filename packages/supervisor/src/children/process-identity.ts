import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words; compared, never read. */
  readonly startedAt: string;
}

/**
 * Names a process of this machine. At once: between a start and its being written down nothing may come.
 * @returns nothing when there is no such process (a zombie counts as none)
 */
export function identify(pid: number): ProcessIdentity | undefined {
  try {
    // Fields after the name, which is in parentheses and may hold anything: state is the first, the start time the 20th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const startedAt = fields[19];
    return fields[0] === 'Z' || startedAt === undefined ? undefined : { pid, startedAt };
  } catch {
    return process.platform === 'linux' ? undefined : identifyByPs(pid);
  }
}

function identifyByPs(pid: number): ProcessIdentity | undefined {
  try {
    const told = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [state = '', ...start] = told.trim().split(/\s+/);
    return start.length === 0 || state.startsWith('Z') ? undefined : { pid, startedAt: start.join(' ') };
  } catch {
    return undefined;
  }
}

/** Whether that very process still runs. */
export function isRunning(process: ProcessIdentity): boolean {
  return identify(process.pid)?.startedAt === process.startedAt;
}
