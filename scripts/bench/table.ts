import { cpus, totalmem } from 'node:os';
import type { Figures } from './measure.ts';

const COLUMNS: readonly (readonly [title: string, of: (figures: Figures) => string | number])[] = [
  ['scenario', (one) => one.scenario],
  ['connections', (one) => one.connections],
  ['runs/s', (one) => one.runsPerSecond],
  ['p50 ms', (one) => one.p50Ms],
  ['p99 ms', (one) => one.p99Ms],
  ['CPU ms/run node · temporal · postgres', ({ cpuMsPerRun: cpu }) => `${cpu.node} · ${cpu.temporal} · ${cpu.postgres} = ${cpu.total}`],
  ['commits/run', (one) => one.commitsPerRun],
  ['WAL KB/run', (one) => (one.walBytesPerRun / 1000).toFixed(1)],
  ['peak MiB', (one) => one.peakRssMb],
  ['errors', (one) => one.errors],
  ['in history', (one) => one.runsInHistory],
];

/** Figures as a Markdown table. */
export function tableOf(figures: readonly Figures[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(COLUMNS.map(([title]) => title)),
    line(COLUMNS.map(() => '---')),
    ...figures.map((one) => line(COLUMNS.map(([, of]) => of(one)))),
  ].join('\n');
}

/** The machine, without its name. */
export function describeMachine(): string {
  return `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 1024 ** 3)} GiB, ${process.platform}, Node ${process.versions.node}; load generator, product, Temporal and Postgres share the cores`;
}
