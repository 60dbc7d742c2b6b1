import { defineAction, z } from '@millwright/node-sdk';
import { ROW, TABLE, WHERE } from '../fields.ts';
import { CREDENTIALS } from '../server.ts';
import { read, TIME_MS } from '../session.ts';
import { columnsOf, selectStatement } from '../statements.ts';

/** Reads rows of a table. */
export const select = defineAction({
  type: 'postgres.select',
  version: 1,
  title: 'PostgreSQL: Get rows',
  description: 'Reads rows of a table.',
  category: 'apps',
  icon: 'database',
  aliases: ['sql', 'postgres', 'find', 'list', 'lesen', 'zeilen'],
  effect: 'read',
  timeoutMs: TIME_MS,
  credentials: CREDENTIALS,
  input: z.strictObject({
    ...TABLE,
    where: WHERE,
    columns: z
      .array(z.string().min(1).max(63))
      .max(200)
      .default([])
      .meta({ title: 'Columns', description: 'A list of names. Default all.', field: { control: 'json' } }),
    orderBy: z.string().max(63).default('').meta({ title: 'Sort by', description: 'A column.' }),
    descending: z
      .boolean()
      .default(false)
      .meta({ title: 'Descending', field: { control: 'switch', expression: false } }),
    limit: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .meta({ title: 'Rows at most', field: { control: 'number' } }),
    offset: z
      .int()
      .min(0)
      .default(0)
      .meta({ title: 'Skip', description: 'Rows that are left out first.', field: { control: 'number' } }),
  }),
  output: ROW,
  sample: { id: 42, name: 'Ada Lovelace' },
  run: async (context) => {
    const { schema, table, ...selection } = context.input;
    const name = { schema, table };
    const { rows } = await read(context, async (ask) => ask(selectStatement(await columnsOf(ask, name), { name, ...selection })));
    return rows;
  },
});
