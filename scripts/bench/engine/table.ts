import type { Row } from './figures.ts';

/** Rows as a Markdown table. */
export function engineTable(rows: readonly Row[]): string {
  const shown = (value: number): string => (value < 1 ? value.toPrecision(2) : value < 100 ? value.toFixed(1) : value.toFixed(0));
  return [
    '| figure | value | cap |',
    '|---|---|---|',
    ...rows.map(({ metric, value, cap }) => `| ${metric} | ${value <= cap ? shown(value) : `**${shown(value)}**`} | ${cap} |`),
  ].join('\n');
}
