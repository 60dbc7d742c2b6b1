import { UserError, type JsonValue } from '@millwright/node-sdk';
import type { Ask, Statement } from './session.ts';
import { toParameter } from './values.ts';

/** A table by its name. */
export interface TableName {
  readonly schema: string;
  readonly table: string;
}

/** Types of a table's columns, by name. */
export type Columns = ReadonlyMap<string, number>;

type Row = Readonly<Record<string, JsonValue>>;
type Condition = { readonly name: string; readonly value: JsonValue };

/** A name as statements have it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The table in a statement; a name can end nothing there. */
export function nameOf({ schema, table }: TableName): string {
  return `${quoted(schema)}.${quoted(table)}`;
}

function invalid(code: string, message: string, { field, hint }: { readonly field: string; readonly hint: string }): UserError {
  return new UserError('invalid', { code, message, hint, details: { field: `parameters.${field}`, sent: false } });
}

/** Reads which columns a table has. @throws UserError `postgres_table_unknown` */
export async function columnsOf(ask: Ask, name: TableName): Promise<Columns> {
  const text =
    'SELECT a.attname::text AS name, a.atttypid::int8 AS type FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid ' +
    'JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped';
  const { rows } = await ask({ text, values: [name.schema, name.table] });
  const columns = rows.flatMap(({ name: column, type }): readonly [string, number][] =>
    typeof column === 'string' ? [[column, Number(type)]] : [],
  );
  if (rows.length === 0)
    throw invalid('postgres_table_unknown', `there is no table ${name.schema}.${name.table}`, {
      field: 'table',
      hint: 'Check its name and its schema.',
    });
  return new Map(columns);
}

/** Collects parameters while a statement is written. */
class Writer {
  readonly values: unknown[] = [];
  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** A column's name, which the table has to have. */
  column(name: string, field: string): string {
    if (this.#columns.has(name)) return quoted(name);
    const known = [...this.#columns.keys()].slice(0, 30).join(', ');
    throw invalid('postgres_column_unknown', `there is no column "${name.slice(0, 100)}"`, { field, hint: `The table has ${known}.` });
  }

  value(column: string, value: JsonValue): string {
    this.values.push(toParameter(value, this.#columns.get(column)));
    return `$${this.values.length}`;
  }

  where(conditions: readonly Condition[]): string {
    const tests = conditions.filter(({ name }) => name !== '').map((condition) => this.#test(condition));
    return tests.length === 0 ? '' : ` WHERE ${tests.join(' AND ')}`;
  }

  #test({ name, value }: Condition): string {
    const column = this.column(name, 'where');
    if (value === null) return `${column} IS NULL`;
    if (!Array.isArray(value)) return `${column} = ${this.value(name, value)}`;
    const list = value as readonly JsonValue[];
    return list.length === 0 ? 'FALSE' : `${column} IN (${list.map((one) => this.value(name, one)).join(', ')})`;
  }
}

/** Reads rows. */
export interface Selection {
  readonly name: TableName;
  readonly columns: readonly string[];
  readonly where: readonly Condition[];
  readonly orderBy: string;
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** A selection as a statement. */
export function selectStatement(known: Columns, selection: Selection): Statement {
  const writer = new Writer(known);
  const columns = selection.columns.map((column) => writer.column(column, 'columns')).join(', ') || '*';
  const where = writer.where(selection.where);
  const order =
    selection.orderBy === '' ? '' : ` ORDER BY ${writer.column(selection.orderBy, 'orderBy')}${selection.descending ? ' DESC' : ''}`;
  const text = `SELECT ${columns} FROM ${nameOf(selection.name)}${where}${order} LIMIT ${selection.limit} OFFSET ${selection.offset}`;
  return { text, values: writer.values };
}

/** What happens to a row that is there already. */
export type OnConflict = { readonly do: 'fail' } | { readonly do: 'skip' } | { readonly do: 'update'; readonly match: readonly string[] };

function conflictText(writer: Writer, names: readonly string[], onConflict: OnConflict): string {
  if (onConflict.do !== 'update') return onConflict.do === 'fail' ? '' : ' ON CONFLICT DO NOTHING';
  const { match } = onConflict;
  const sets = names.filter((name) => !match.includes(name)).map((name) => `${quoted(name)} = EXCLUDED.${quoted(name)}`);
  const target = match.map((name) => writer.column(name, 'match')).join(', ');
  // Without anything to set, the row is touched all the same, so that it comes out.
  const [first = ''] = match;
  return ` ON CONFLICT (${target}) DO UPDATE SET ${(sets.length === 0 ? [`${quoted(first)} = EXCLUDED.${quoted(first)}`] : sets).join(', ')}`;
}

/** Rows as one statement; columns that a row leaves out get their default. */
export function insertStatement(
  known: Columns,
  name: TableName,
  { rows, onConflict }: { readonly rows: readonly Row[]; readonly onConflict: OnConflict },
): Statement {
  const writer = new Writer(known);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (names.length === 0)
    throw invalid('postgres_row_empty', 'there are no columns to write', { field: 'rows', hint: 'Name at least one.' });
  const columns = names.map((column) => writer.column(column, 'rows')).join(', ');
  const lines = rows.map((row) => `(${names.map((column) => valueOrDefault(writer, column, row)).join(', ')})`);
  // PostgreSQL counts parameters with 16 bits.
  if (writer.values.length > 65_535)
    throw invalid('postgres_values_too_many', `${writer.values.length} values are more than one statement takes`, {
      field: 'rows',
      hint: 'Write fewer rows at a time.',
    });
  const conflict = conflictText(writer, names, onConflict);
  return { text: `INSERT INTO ${nameOf(name)} (${columns}) VALUES ${lines.join(', ')}${conflict} RETURNING *`, values: writer.values };
}

function valueOrDefault(writer: Writer, column: string, row: Row): string {
  const value = row[column];
  return value === undefined ? 'DEFAULT' : writer.value(column, value);
}

/** Which rows are changed or deleted. */
export interface Touched {
  readonly where: readonly Condition[];
  readonly allRows: boolean;
}

function requireCondition({ where, allRows }: Touched): void {
  if (allRows || where.some(({ name }) => name !== '')) return;
  throw invalid('postgres_where_missing', 'there is no condition, so every row would be meant', {
    field: 'where',
    hint: 'Name a column and its value, or turn "All rows" on.',
  });
}

/** A change as a statement. @throws UserError `postgres_where_missing`, `postgres_row_empty` */
export function updateStatement(known: Columns, name: TableName, { values, ...touched }: Touched & { readonly values: Row }): Statement {
  requireCondition(touched);
  const writer = new Writer(known);
  const sets = Object.entries(values).map(([column, value]) => `${writer.column(column, 'values')} = ${writer.value(column, value)}`);
  if (sets.length === 0)
    throw invalid('postgres_row_empty', 'there are no columns to change', { field: 'values', hint: 'Name at least one.' });
  return { text: `UPDATE ${nameOf(name)} SET ${sets.join(', ')}${writer.where(touched.where)} RETURNING *`, values: writer.values };
}

/** A deletion as a statement. @throws UserError `postgres_where_missing` */
export function deleteStatement(known: Columns, name: TableName, touched: Touched): Statement {
  requireCondition(touched);
  const writer = new Writer(known);
  return { text: `DELETE FROM ${nameOf(name)}${writer.where(touched.where)} RETURNING *`, values: writer.values };
}
