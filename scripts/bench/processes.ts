import { readdirSync, readFileSync } from 'node:fs';

/** CPU time by part, in ms since the processes began. */
export interface CpuTimes {
  readonly node: number;
  readonly temporal: number;
  readonly postgres: number;
}

/** Roots of the parts' process trees. */
export interface Roots {
  /** The program behind `npm start`; everything below it that is not Temporal or Postgres is Node. */
  readonly supervisor: number;
  readonly temporal: number;
  readonly postgres: number;
}

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Own time and that of children that have ended, in clock ticks. */
  readonly ticks: number;
}

/** Linux gives user programs 100 ticks a second, whatever the kernel counts with. */
const MS_PER_TICK = 10;
const KIB_PER_MIB = 1024;

function readStat(pid: string): ProcessStat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15).map(Number);
    return { pid: Number(pid), parent: Number(fields[1]), ticks: utime + stime + cutime + cstime };
  } catch {
    // It ended while it was read.
    return null;
  }
}

/** Every process of the tree below a root, the root included. */
function treeOf(root: number, all: readonly ProcessStat[]): readonly ProcessStat[] {
  const own = all.filter(({ pid }) => pid === root);
  const below = all.filter(({ parent, pid }) => parent === root && pid !== root);
  return [...own, ...below.flatMap(({ pid }) => treeOf(pid, all))];
}

function readAll(): readonly ProcessStat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readStat(pid) ?? []);
}

/** A process and all that it has started. Linux only. */
export function pidsUnder(pid: number): readonly number[] {
  return treeOf(pid, readAll()).map((one) => one.pid);
}

/** The parent of a process. Linux only. */
export function parentOf(pid: number): number {
  return readStat(String(pid))?.parent ?? 0;
}

/** CPU time of the parts so far. Linux only. */
export function cpuTimes({ supervisor, temporal, postgres }: Roots): CpuTimes {
  const all = readAll();
  const ms = (tree: readonly ProcessStat[]): number => tree.reduce((sum, { ticks }) => sum + ticks, 0) * MS_PER_TICK;
  const others = new Set([...treeOf(temporal, all), ...treeOf(postgres, all)].map(({ pid }) => pid));
  return {
    node: ms(treeOf(supervisor, all).filter(({ pid }) => !others.has(pid))),
    temporal: ms(treeOf(temporal, all)),
    postgres: ms(treeOf(postgres, all)),
  };
}

function residentKib(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Resident memory of all parts in MiB, memory that several share counted once. */
export function residentMb({ supervisor, temporal, postgres }: Roots): number {
  const all = readAll();
  const pids = new Set([supervisor, temporal, postgres].flatMap((root) => treeOf(root, all)).map(({ pid }) => pid));
  return [...pids].reduce((sum, pid) => sum + residentKib(pid), 0) / KIB_PER_MIB;
}

/** Resident memory of each part in MiB; the server is every Node process of the install. */
export function residentMbByPart({ supervisor, temporal, postgres }: Roots): Readonly<Record<'server' | 'temporal' | 'postgres', number>> {
  const all = readAll();
  const mb = (tree: readonly ProcessStat[]): number => tree.reduce((sum, { pid }) => sum + residentKib(pid), 0) / KIB_PER_MIB;
  const others = new Set([...treeOf(temporal, all), ...treeOf(postgres, all)].map(({ pid }) => pid));
  return {
    server: mb(treeOf(supervisor, all).filter(({ pid }) => !others.has(pid))),
    temporal: mb(treeOf(temporal, all)),
    postgres: mb(treeOf(postgres, all)),
  };
}
