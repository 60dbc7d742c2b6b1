import { createHash } from 'node:crypto';
import { UserError, z } from '@millwright/node-sdk';
import type { Ask } from '../session.ts';
import { columnsOf, nameOf, quoted, type TableName } from '../statements.ts';
import type { Cell } from '../values.ts';

/** Rows of one poll; what is beyond comes with the next, which follows at once. */
const MOST_ROWS = 500;
/** Rows that are remembered: those from the oldest of them on are asked for again, for what was stored late. */
const REMEMBERED = 1_000;
/** More rows than that with one value cannot be told apart by it. */
const MOST_ALIKE = 5_000;
/** How long a row waits for older transactions that still run, ms: one that was forgotten must not stop everything. */
const PATIENCE_MS = 900_000;

const MARKED = '~millwright mark';
const OPEN = '~millwright open';
const KEYS = '~millwright keys';

/** Where a trigger is. */
export const STATE = z.object({
  /** Rows from this value on are asked for; null: there was none. */
  from: z.string().nullable(),
  /** Rows that were seen, with their values, the lowest first. */
  seen: z.array(z.tuple([z.string(), z.string()])),
  /** Since when a row waits, ms since 1970; null: none does. */
  waitsSinceMs: z.number().nullable(),
});
/** @see STATE */
export type State = z.output<typeof STATE>;

/** Which rows are meant. */
export interface Growing {
  readonly name: TableName;
  readonly column: string;
}

interface Found {
  readonly id: string;
  readonly mark: string;
  /** A transaction still runs that began before this row was stored: others with lower values may come. */
  readonly isOpen: boolean;
  readonly row: Readonly<Record<string, Cell>>;
}

/** What a poll came to. */
export interface NewRows {
  readonly rows: readonly Found[];
  readonly state: State;
  readonly hasMore: boolean;
}

const PRIMARY_KEY =
  'SELECT a.attname::text AS name FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace ' +
  'JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey) WHERE i.indisprimary AND n.nspname = $1 AND c.relname = $2 ORDER BY a.attnum';
const KIND =
  'SELECT c.relkind::text AS kind FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2';
// Numbers of transactions go round; `age` counts back from now.
const IS_OPEN =
  'pg_catalog.age(t.xmin) <= pg_catalog.age((pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot()) % 4294967296)::text::xid)';

function idOf(row: Readonly<Record<string, Cell>>, mark: string): string {
  const { [MARKED]: _mark, [OPEN]: _open, [KEYS]: keys, ...own } = row;
  return createHash('sha256')
    .update(JSON.stringify([mark, keys ?? own]))
    .digest('base64url')
    .slice(0, 22);
}

function toFound(row: Readonly<Record<string, Cell>>): Found {
  const { [MARKED]: mark, [OPEN]: isOpen, [KEYS]: _keys, ...own } = row;
  const at = typeof mark === 'string' ? mark : '';
  return { id: idOf(row, at), mark: at, isOpen: isOpen === true, row: own };
}

/** The start of a statement that gives rows with their value, what names them, and whether older ones may still come. */
async function selectOf(ask: Ask, { name, column }: Growing): Promise<string> {
  // The same value is the same text, whatever zone the server is set to.
  await ask({ text: "SELECT pg_catalog.set_config('TimeZone', 'UTC', true), pg_catalog.set_config('DateStyle', 'ISO', true)", values: [] });
  const columns = await columnsOf(ask, name);
  if (!columns.has(column)) {
    throw new UserError('invalid', {
      code: 'postgres_column_unknown',
      message: `there is no column "${column}"`,
      hint: `The table has ${[...columns.keys()].slice(0, 30).join(', ')}.`,
      details: { field: 'parameters.column', sent: false },
    });
  }
  const primary = (await ask({ text: PRIMARY_KEY, values: [name.schema, name.table] })).rows;
  const keys = primary.flatMap(({ name: key }) => (typeof key === 'string' ? [`t.${quoted(key)}::text`] : []));
  const [kind] = (await ask({ text: KIND, values: [name.schema, name.table] })).rows;
  // Only stored rows know which transaction wrote them.
  const isTable = kind?.['kind'] === 'r';
  const named =
    keys.length === 0
      ? ''
      : `, pg_catalog.concat_ws(',', ${keys.map((key) => `pg_catalog.quote_literal(${key})`).join(', ')}) AS ${quoted(KEYS)}`;
  const at = `t.${quoted(column)}`;
  return `SELECT t.*, ${at}::text AS ${quoted(MARKED)}, ${isTable ? IS_OPEN : 'FALSE'} AS ${quoted(OPEN)}${named} FROM ${nameOf(name)} t WHERE ${at} IS NOT NULL`;
}

function tooAlike(column: string): UserError {
  return new UserError('unprocessable', {
    code: 'postgres_rows_alike',
    message: `more than ${MOST_ALIKE} rows have the same value in "${column}"`,
    hint: 'Choose a column that grows with each row, such as its number.',
    details: { field: 'parameters.column', sent: true },
  });
}

/** What is remembered: the last rows, and all that have the lowest value among them, as they are asked for again. */
function remember(seen: State['seen'], column: string): Pick<State, 'from' | 'seen'> {
  const lowest = seen.at(-REMEMBERED) ?? seen[0];
  if (lowest === undefined) return { from: null, seen: [] };
  const kept = seen.slice(seen.findIndex(([, mark]) => mark === lowest[1]));
  if (kept.length > MOST_ALIKE) throw tooAlike(column);
  return { from: lowest[1], seen: kept };
}

/** Where a table is now. */
export async function markOf(ask: Ask, growing: Growing): Promise<State> {
  const text = `${await selectOf(ask, growing)} ORDER BY t.${quoted(growing.column)} DESC LIMIT ${MOST_ALIKE}`;
  const found = (await ask({ text, values: [] })).rows.map(toFound).toReversed();
  const lowest = found.at(-REMEMBERED)?.mark ?? found[0]?.mark ?? null;
  const seen = found.slice(found.findIndex(({ mark }) => mark === lowest));
  // The lowest value may go on below what was read.
  if (seen.length === MOST_ALIKE) throw tooAlike(growing.column);
  return {
    ...remember(
      seen.map(({ id, mark }) => [id, mark]),
      growing.column,
    ),
    waitsSinceMs: null,
  };
}

/** Rows that were not seen, in the order of their values, up to the first that has to wait. */
function ready(fresh: readonly Found[], { waitsSinceMs }: State, nowMs: number): Pick<NewRows, 'rows'> & Pick<State, 'waitsSinceMs'> {
  const first = fresh.findIndex(({ isOpen }) => isOpen);
  if (first === -1 || (waitsSinceMs !== null && nowMs - waitsSinceMs >= PATIENCE_MS)) return { rows: fresh, waitsSinceMs: null };
  return { rows: fresh.slice(0, first), waitsSinceMs: first === 0 && waitsSinceMs !== null ? waitsSinceMs : nowMs };
}

/** What was seen by now, in the order of the values. Rows beyond what was read are known still; others that were not found are gone. */
function seenBy(
  { seen }: State,
  { found, rows, hasMore }: { readonly found: readonly Found[]; readonly rows: readonly Found[]; readonly hasMore: boolean },
): State['seen'] {
  const known = new Set([...seen.map(([id]) => id), ...rows.map(({ id }) => id)]);
  const isFound = new Set(found.map(({ id }) => id));
  const beyond = hasMore ? seen.filter(([id]) => !isFound.has(id)) : [];
  return [...found.filter(({ id }) => known.has(id)).map(({ id, mark }): [string, string] => [id, mark]), ...beyond];
}

/** Asks for rows that were not there before. @throws UserError `postgres_column_unknown`, `postgres_rows_alike` */
export async function newRows(
  ask: Ask,
  growing: Growing,
  { state, nowMs }: { readonly state: State; readonly nowMs: number },
): Promise<NewRows> {
  const at = `t.${quoted(growing.column)}`;
  const from = state.from === null ? { where: '', values: [] } : { where: ` AND ${at} >= $1`, values: [state.from] };
  const limit = state.seen.length + MOST_ROWS;
  const text = `${await selectOf(ask, growing)}${from.where} ORDER BY ${at} LIMIT ${limit}`;
  const found = (await ask({ text, values: from.values })).rows.map(toFound);
  const known = new Set(state.seen.map(([id]) => id));
  const { rows, waitsSinceMs } = ready(
    found.filter(({ id }) => !known.has(id)),
    state,
    nowMs,
  );
  const hasMore = found.length === limit;
  const next =
    rows.length === 0 ? { from: state.from, seen: state.seen } : remember(seenBy(state, { found, rows, hasMore }), growing.column);
  return { rows, state: { ...next, waitsSinceMs }, hasMore: hasMore && waitsSinceMs === null };
}
