import { UserError, type JsonObject, type JsonValue } from '@millwright/core';
import { toCell, type Cell } from './cells.ts';

/** What rows are told apart by: 7 and "7" are the same. */
function keyOf(value: JsonValue): string {
  return String(toCell(value));
}

function unknownColumn(name: string, names: readonly string[]): UserError {
  return new UserError('invalid', {
    code: 'column_unknown',
    message: `no column is called "${name}"`,
    hint: `The first row names these: ${names.filter((one) => one !== '').join(', ') || '(none)'}. Add the column, rename the field, or leave out what has no column.`,
    details: { field: 'parameters.rows', sent: false },
  });
}

/**
 * A row of cells, by the names of a header. Cells of columns that are not named are null: they stay as they are.
 * @throws UserError `column_unknown` when a field has no column and that is no matter of indifference
 */
export function toCells(row: JsonObject, names: readonly string[], unknown: 'refuse' | 'ignore'): readonly Cell[] {
  // Rows that were read bring their number along.
  const own = Object.keys(row).filter((name) => name !== 'rowNumber' || names.includes(name));
  const stray = own.find((name) => !names.includes(name));
  if (stray !== undefined && unknown === 'refuse') throw unknownColumn(stray, names);
  return names.map((name) => (name === '' || !Object.hasOwn(row, name) ? null : toCell(row[name] ?? null)));
}

/** Rows to be changed, by their number, and rows that are new. */
interface Matched {
  readonly changed: ReadonlyMap<number, JsonObject>;
  readonly fresh: readonly JsonObject[];
}

/**
 * Finds out which rows are there already.
 * @param column values of the key column, the first of row `first`
 * @throws UserError `key_missing` when a row has no value for the key
 */
export function matchRows(
  rows: readonly JsonObject[],
  { key, column, first }: { readonly key: string; readonly column: readonly JsonValue[]; readonly first: number },
): Matched {
  const places = new Map<string, number>();
  // The first of several wins.
  for (const [index, value] of [...column.entries()].toReversed()) places.set(keyOf(value), first + index);
  const changed = new Map<number, JsonObject>();
  const fresh = new Map<string, JsonObject>();
  for (const row of rows) {
    const value = row[key];
    if (value === undefined || value === null || value === '') {
      throw new UserError('invalid', {
        code: 'key_missing',
        message: `a row has no value for "${key}", by which rows are told apart`,
        hint: 'Fill it in, or append the row instead.',
        details: { field: 'parameters.rows', sent: false },
      });
    }
    const name = keyOf(value);
    const place = places.get(name);
    if (place === undefined) fresh.set(name, { ...fresh.get(name), ...row });
    else changed.set(place, { ...changed.get(place), ...row });
  }
  return { changed, fresh: [...fresh.values()] };
}
