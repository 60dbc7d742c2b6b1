import { isJsonObject, UserError, type JsonObject, type JsonValue } from '@millwright/core';
import { z } from 'zod';
import type { ActionContext } from '../context.ts';
import { defineAction } from '../define-action.ts';
import type { ActionDefinition } from '../definition.ts';
import { cellsOf, columnLetters, columnNames, listIn, type Cell } from './cells.ts';
import { matchRows, toCells } from './place-rows.ts';
import { tableFields } from './table-fields.ts';

/** Cells of one place, in A1 notation with the sheet's name. */
export interface CellsAt {
  readonly range: string;
  readonly values: readonly (readonly Cell[])[];
}

/** One table, as a service keeps it: what its nodes need of the service. */
export interface TableCells {
  /** The sheet's name. */
  readonly sheet: string;
  /** @returns rows, as the service sends them; what is no list has none */
  readonly read: (range: string) => Promise<JsonValue | undefined>;
  /** Writes over cells, all of them or none; null leaves a cell as it is. */
  readonly write: (cells: readonly CellsAt[]) => Promise<unknown>;
  /** Writes below the table whose header is at the range. */
  readonly append: (cells: CellsAt) => Promise<unknown>;
}

/** A service that keeps tables in sheets. */
export interface TableService {
  /** Of the connector. */
  readonly key: string;
  readonly title: string;
  readonly icon: string;
  /** Names of the connector's `auth` that the nodes sign with. */
  readonly auth: readonly string[];
  /** Parameters that say which table. */
  readonly place: z.ZodRawShape;
  /** Parameters that say how values are written; after those of the rows. */
  readonly how: z.ZodRawShape;
  /** Opens the table of a call; its input holds what `place` and `how` gave. */
  readonly open: (ctx: ActionContext<Readonly<Record<string, unknown>>>) => TableCells;
}

const ROWS = { headerRow: tableFields.headerRow, rows: tableFields.rows, unknown: tableFields.unknown };

type RowsInput = z.output<z.ZodObject<typeof ROWS>>;

/** One call of a node: the table, and what the person said of the rows. */
class TableCall {
  readonly #ctx: ActionContext<RowsInput>;
  readonly #table: TableCells;

  constructor(ctx: ActionContext<RowsInput>, table: TableCells) {
    this.#ctx = ctx;
    this.#table = table;
  }

  /** What goes into the sheet: what was given, or the incoming items. */
  get rows(): readonly JsonObject[] {
    return this.#ctx.input.rows ?? this.#ctx.items.flatMap(({ json }) => (isJsonObject(json) ? [json] : []));
  }

  /** @throws UserError `header_missing` */
  async names(): Promise<readonly string[]> {
    const { headerRow: row } = this.#ctx.input;
    const [cells] = await this.#read(`${row}:${row}`);
    const names = columnNames(listIn(cells));
    if (names.some((one) => one !== '')) return names;
    throw new UserError('invalid', {
      code: 'header_missing',
      message: `row ${row} of "${this.#table.sheet}" names no columns`,
      hint: 'Write the names of the columns into it, or say which row has them.',
      details: { field: 'parameters.headerRow', sent: false },
    });
  }

  /** The cells of a column below the names. */
  async column(index: number): Promise<readonly JsonValue[]> {
    const letters = columnLetters('A', index);
    const rows = await this.#read(`${letters}${this.#ctx.input.headerRow + 1}:${letters}`);
    return rows.map((cells) => listIn(cells)[0] ?? '');
  }

  /** Writes below the table. @returns how many */
  async append(rows: readonly JsonObject[], names: readonly string[]): Promise<number> {
    if (rows.length === 0) return 0;
    const { headerRow, unknown } = this.#ctx.input;
    const values = rows.map((row) => toCells(row, names, unknown).map((cell) => cell ?? ''));
    await this.#table.append({ range: this.#row(headerRow, names), values });
    return rows.length;
  }

  /** Writes over rows, by their number. @returns how many */
  async update(rows: ReadonlyMap<number, JsonObject>, names: readonly string[]): Promise<number> {
    if (rows.size === 0) return 0;
    const { unknown } = this.#ctx.input;
    await this.#table.write(
      [...rows].map(([number, row]) => ({ range: this.#row(number, names), values: [toCells(row, names, unknown)] })),
    );
    return rows.size;
  }

  #row(number: number, names: readonly string[]): string {
    return cellsOf(this.#table.sheet, `A${number}:${columnLetters('A', names.length - 1)}${number}`);
  }

  async #read(cells: string): Promise<readonly JsonValue[]> {
    return listIn(await this.#table.read(cellsOf(this.#table.sheet, cells)));
  }
}

function nodeOf({ key, title, icon, auth }: TableService, name: string) {
  return {
    type: `${key}.row.${name}`,
    version: 1,
    category: 'apps',
    icon,
    effect: 'write',
    once: ['*'],
    // Rows may be alike, and tables take no keys: after a lost answer a person decides.
    onLostAnswer: 'ask',
    credentials: [{ name: 'auth', types: auth.map((one) => `${key}.${one}`), required: true }],
    timeoutMs: 120_000,
    titled: (text: string) => `${title}: ${text}`,
  } as const;
}

/** Adds rows below a table. @returns the node type `<key>.row.append` */
function appendNode(service: TableService): ActionDefinition {
  const { titled, ...node } = nodeOf(service, 'append');
  return defineAction({
    ...node,
    title: titled('Append rows'),
    description: 'Adds items as rows below a table, fields into the columns of the same name; all in one request.',
    aliases: [service.key, 'add', 'insert', 'zeilen', 'anhängen'],
    input: z.strictObject({ ...service.place, ...ROWS, ...service.how }),
    output: z.object({ appended: z.int() }),
    sample: { appended: 2 },
    run: async (ctx) => {
      const call = new TableCall(ctx, service.open(ctx));
      return { appended: await call.append(call.rows, await call.names()) };
    },
  });
}

/** Changes the rows that are there, and adds the others. @returns the node type `<key>.row.upsert` */
function upsertNode(service: TableService): ActionDefinition {
  const { titled, ...node } = nodeOf(service, 'upsert');
  return defineAction({
    ...node,
    title: titled('Append or update rows'),
    description: 'Changes the rows that have the same value in one column, and adds those that are not there.',
    aliases: [service.key, 'lookup', 'edit', 'zeilen', 'ändern', 'aktualisieren'],
    input: z.strictObject({ ...service.place, ...ROWS, ...service.how, key: tableFields.key, missing: tableFields.missing }),
    output: z.object({ updated: z.int(), appended: z.int() }),
    sample: { updated: 1, appended: 1 },
    run: async (ctx) => {
      const { input } = ctx;
      const call = new TableCall(ctx, service.open(ctx));
      const names = await call.names();
      const index = names.indexOf(input.key);
      // The same words as for a field without a column.
      if (index < 0) toCells({ [input.key]: '' }, names, 'refuse');
      const of = { key: input.key, column: await call.column(index), first: input.headerRow + 1 };
      const { changed, fresh } = matchRows(call.rows, of);
      // What may be repeated goes first: what is lost then is the last request.
      const updated = await call.update(changed, names);
      return { updated, appended: input.missing === 'append' ? await call.append(fresh, names) : 0 };
    },
  });
}

/**
 * Nodes that go by the names of columns, for any service that keeps tables in sheets: "Append rows" and "Append or update rows". They read
 * the header first, so they are more than one request, and a field without a column is refused before anything is written.
 */
export function tableRowNodes(service: TableService): readonly ActionDefinition[] {
  return [appendNode(service), upsertNode(service)];
}
