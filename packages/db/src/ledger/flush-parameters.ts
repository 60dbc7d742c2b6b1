import type { Columns } from './flush-columns.ts';

/** Collects parameters, one array per column. */
export class Parameters {
  readonly values: unknown[] = [];
  readonly kinds: string[] = [];

  /** `unnest($4::text[], …) as alias (a, b…)` over rows of values in the order of the columns. */
  rows(alias: string, columns: Columns, rows: readonly (readonly unknown[])[]): string {
    const arrays = columns.map(([, type], index) => `$${String(this.values.push(rows.map((row) => row[index])))}::${type}[]`);
    this.kinds.push(alias);
    return `unnest(${arrays.join(', ')}) as ${alias} (${columns.map(([name]) => name).join(', ')})`;
  }

  one(value: unknown): string {
    return `$${String(this.values.push(value))}`;
  }
}

/** Columns of a clause's select list; times travel as milliseconds. */
export function selectList(alias: string, columns: Columns): string {
  return columns.map(([name, type]) => (type === 'float8' ? `to_timestamp(${alias}.${name} / 1000.0)` : `${alias}.${name}`)).join(', ');
}

/** Names of columns. */
export function names(columns: Columns): string {
  return columns.map(([name]) => name).join(', ');
}

/** Whether a row's run is ours. `is true` keeps it a hash look-up instead of a join; run ids are distinct in a flush. */
export function ofMine(alias: string): string {
  return `(${alias}.run_id in (select run_id from mine)) is true`;
}
