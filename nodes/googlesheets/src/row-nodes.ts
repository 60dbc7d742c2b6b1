import {
  type ActionContext,
  callAction,
  type Connector,
  defineAction,
  field,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  UserError,
  z,
} from '@millwright/node-sdk';
import { headerRow, quoted, sheet, spreadsheet, written } from './fields.ts';
import { letters, matchRows, namesOf, toCells } from './table.ts';

const CREDENTIALS = [{ name: 'auth', types: ['googlesheets.oauth', 'googlesheets.serviceAccount'], required: true }];
const ICON = 'table';

const where = {
  spreadsheet,
  sheet,
  headerRow,
  rows: z
    .array(z.record(z.string(), z.json()))
    .max(10_000)
    .optional()
    .meta({
      title: 'Rows',
      description: 'A list of objects; their fields go into the columns of the same name. Empty: the incoming items.',
      field: { control: 'json' },
    }),
  unknown: field.choice('Fields without a column', { refuse: 'Are an error', ignore: 'Are left out' }).default('refuse'),
  written,
};
const appendInput = z.strictObject(where);
const upsertInput = z.strictObject({
  ...where,
  key: z
    .string()
    .min(1)
    .max(200)
    .meta({ title: 'Column that tells rows apart', field: { placeholder: 'Email' } }),
  missing: field.choice('Rows that are not there', { append: 'Append', skip: 'Leave out' }).default('append'),
});

/** One call of a node: its requests are those of declared actions, with their limits, signature and retries. */
class SheetCall {
  readonly #ctx: ActionContext<z.output<typeof appendInput>>;
  readonly #connector: Connector;

  constructor(ctx: ActionContext<z.output<typeof appendInput>>, connector: Connector) {
    this.#ctx = ctx;
    this.#connector = connector;
  }

  /** What goes into the sheet: what was given, or the incoming items. */
  get rows(): readonly JsonObject[] {
    return this.#ctx.input.rows ?? this.#ctx.items.flatMap(({ json }) => (isJsonObject(json) ? [json] : []));
  }

  /** @throws UserError `header_missing` */
  async names(): Promise<readonly string[]> {
    const { headerRow: row, sheet: name } = this.#ctx.input;
    const [cells] = await this.#read(`${row}:${row}`);
    const names = namesOf(Array.isArray(cells) ? cells : []);
    if (names.some((one) => one !== '')) return names;
    throw new UserError('invalid', {
      code: 'header_missing',
      message: `row ${row} of "${name}" names no columns`,
      hint: 'Write the names of the columns into it, or say which row has them.',
      details: { field: 'parameters.headerRow', sent: false },
    });
  }

  /** The cells of a column below the names. */
  async column(index: number): Promise<readonly JsonValue[]> {
    const letter = letters('A', index);
    const rows = await this.#read(`${letter}${this.#ctx.input.headerRow + 1}:${letter}`);
    return rows.map((cells) => (Array.isArray(cells) ? ((cells as readonly JsonValue[])[0] ?? '') : ''));
  }

  /** Writes below the table. @returns how many */
  async append(rows: readonly JsonObject[], names: readonly string[]): Promise<number> {
    if (rows.length === 0) return 0;
    const { headerRow: row, unknown } = this.#ctx.input;
    const values = rows.map((one) => toCells(one, names, unknown).map((cell) => cell ?? ''));
    await this.#call('range.append', { range: this.#at(`A${row}:${letters('A', names.length - 1)}${row}`), values });
    return rows.length;
  }

  /** Writes over rows, by their number. @returns how many */
  async update(rows: ReadonlyMap<number, JsonObject>, names: readonly string[]): Promise<number> {
    if (rows.size === 0) return 0;
    const last = letters('A', names.length - 1);
    const data = [...rows].map(([row, one]) => ({
      range: this.#at(`A${row}:${last}${row}`),
      values: [toCells(one, names, this.#ctx.input.unknown)],
    }));
    await this.#call('range.updateMany', { data });
    return rows.size;
  }

  #at(cells: string): string {
    return `${quoted(this.#ctx.input.sheet)}!${cells}`;
  }

  async #read(cells: string): Promise<readonly JsonValue[]> {
    const body = await this.#call('range.get', { range: this.#at(cells), shown: 'FORMATTED_VALUE' });
    const values = isJsonObject(body) ? body['values'] : undefined;
    return Array.isArray(values) ? (values as readonly JsonValue[]) : [];
  }

  async #call(actionKey: string, input: Readonly<Record<string, unknown>>): Promise<JsonValue> {
    const action = this.#connector.actions[actionKey];
    if (action === undefined) return null;
    const { spreadsheet: file, written: how } = this.#ctx.input;
    const checked = action.input.parse({ spreadsheet: file, ...(actionKey === 'range.get' ? {} : { written: how }), ...input });
    const [body = null] = await callAction(this.#ctx, { connector: this.#connector, actionKey, action, input: checked, maxItems: 1 });
    return body;
  }
}

const common = {
  version: 1,
  category: 'apps',
  icon: ICON,
  effect: 'write',
  once: ['*'],
  credentials: CREDENTIALS,
  timeoutMs: 120_000,
} as const;

/**
 * Nodes that go by the names of columns: they read the header first, so they are more than one request.
 * After a lost answer a person decides: rows may be alike, and Sheets takes no keys.
 * @param connector asked for when a node runs, as it holds them itself
 */
export function rowNodes(connector: () => Connector) {
  const append = defineAction({
    ...common,
    type: 'googlesheets.row.append',
    title: 'Google Sheets: Append rows',
    description: 'Adds items as rows below a table, fields into the columns of the same name; all in one request.',
    aliases: ['googlesheets', 'add', 'insert', 'zeilen', 'anhängen'],
    onLostAnswer: 'ask',
    input: appendInput,
    output: z.object({ appended: z.int() }),
    sample: { appended: 2 },
    run: async (ctx) => {
      const call = new SheetCall(ctx, connector());
      return { appended: await call.append(call.rows, await call.names()) };
    },
  });
  const upsert = defineAction({
    ...common,
    type: 'googlesheets.row.upsert',
    title: 'Google Sheets: Append or update rows',
    description: 'Changes the rows that have the same value in one column, and adds those that are not there.',
    aliases: ['googlesheets', 'lookup', 'edit', 'zeilen', 'ändern', 'aktualisieren'],
    onLostAnswer: 'ask',
    input: upsertInput,
    output: z.object({ updated: z.int(), appended: z.int() }),
    sample: { updated: 1, appended: 1 },
    run: async (ctx) => {
      const { key, missing, headerRow: row } = ctx.input;
      const call = new SheetCall(ctx, connector());
      const names = await call.names();
      const index = names.indexOf(key);
      // The same words as for a field without a column.
      if (index < 0) toCells({ [key]: '' }, names, 'refuse');
      const { changed, fresh } = matchRows(call.rows, { key, column: await call.column(index), first: row + 1 });
      // What may be repeated goes first: what is lost then is the last request.
      const updated = await call.update(changed, names);
      return { updated, appended: missing === 'append' ? await call.append(fresh, names) : 0 };
    },
  });
  return [append, upsert];
}
