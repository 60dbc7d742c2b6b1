import type { JsonValue } from '@millwright/core';
import { z } from 'zod';

/** What a cell may hold. */
export const CELL = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What stands in a cell. */
export type Cell = z.infer<typeof CELL>;

/** What a cell is given: lists and objects as JSON. */
export function toCell(value: JsonValue): Cell {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** A list as a service sends it: what is no list is an empty one, as services leave out lists where nothing is written. */
export function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** The letters of a column: `columnLetters('A', 27)` is `AB`. @param from the first column @param index how many to the right */
export function columnLetters(from: string, index: number): string {
  let at = 0;
  for (const letter of from) at = at * 26 + letter.charCodeAt(0) - 64;
  at += index;
  let written = '';
  for (; at > 0; at = Math.floor((at - 1) / 26)) written = String.fromCharCode(65 + ((at - 1) % 26)) + written;
  return written;
}

/** Cells of a sheet in A1 notation: `'My sheet'!A1:C3`. */
export function cellsOf(sheet: string, cells: string): string {
  return `'${sheet.replaceAll("'", "''")}'!${cells}`;
}

/** The names in a header, trimmed; a column without one has none. */
export function columnNames(cells: readonly JsonValue[]): readonly string[] {
  return cells.map((cell) => String(toCell(cell) ?? '').trim());
}

const places = new WeakMap<readonly JsonValue[], ReadonlyMap<JsonValue, number>>();

/** Where a row is among those that came with it; reckoned once for an answer. */
function placeOf(rows: readonly JsonValue[], row: JsonValue): number {
  const known = places.get(rows) ?? new Map(rows.map((one, index) => [one, index]));
  places.set(rows, known);
  return known.get(row) ?? 0;
}

/** What is known of rows that came together. */
export interface ReadRows {
  /** Cells of the row with the names. */
  readonly header: JsonValue | undefined;
  /** All of them, as the service sent them. */
  readonly rows: readonly JsonValue[];
  /** Number of the first of them. */
  readonly firstRow: number;
  /** Letters of their first column. */
  readonly from: string;
}

/** One of these rows: its number as `rowNumber`, its cells by the names in the header; columns without one by their letters. */
export function namedRow(row: JsonValue, { header, rows, firstRow, from }: ReadRows): Record<string, Cell> {
  const names = columnNames(listIn(header));
  const cells = listIn(row).map((cell, index): [string, Cell] => {
    const name = names[index] ?? '';
    return [name === '' ? columnLetters(from, index) : name, toCell(cell)];
  });
  return { rowNumber: firstRow + placeOf(rows, row), ...Object.fromEntries(cells) };
}
