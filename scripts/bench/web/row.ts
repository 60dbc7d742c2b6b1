/** One measured number of the web app, and what it may be. */
export interface WebRow {
  /** Of editor.md §3.4, such as `T3`. */
  readonly gate: string;
  /** Steps of the workflow that was open; 0 where there was none. */
  readonly nodes: number;
  /** What was measured, with its unit. */
  readonly metric: string;
  readonly value: number;
  readonly cap: number;
  readonly better: 'lower' | 'higher';
}

/** A row as it is printed: with the load of the machine beside it, and whether it says something on a busy machine. */
export interface Measured extends WebRow {
  /** Processes that wanted a core, averaged over the last minute. */
  readonly load: number;
  /** A figure of the clock: rough where other work runs. It is shown, and fails nothing. */
  readonly isWall?: boolean;
}

/** Whether a figure is within its cap. */
function isHeld({ value, cap, better }: WebRow): boolean {
  return better === 'lower' ? value <= cap : value >= cap;
}

/** Whether a row fails the whole run. */
export function isFailure(row: Measured): boolean {
  return row.isWall !== true && !isHeld(row);
}

/** Rows as a Markdown table. */
export function webTable(rows: readonly Measured[]): string {
  const shown = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));
  const verdict = (row: Measured): string => (isHeld(row) ? 'holds' : row.isWall === true ? 'rough' : '**misses**');
  return [
    '| gate | nodes | figure | value | cap | | load |',
    '|---|---|---|---|---|---|---|',
    ...rows.map((row) => {
      const cap = `${row.better === 'lower' ? '≤' : '≥'}${row.cap}`;
      return `| ${row.gate} | ${row.nodes || '–'} | ${row.metric} | ${shown(row.value)} | ${cap} | ${verdict(row)} | ${row.load.toFixed(1)} |`;
    }),
  ].join('\n');
}

/** The middle one of several; the upper of two. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The value that 95 of 100 are not above. */
export function p95Of(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;
}
