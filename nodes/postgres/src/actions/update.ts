import { defineAction, z } from '@millwright/node-sdk';
import { ALL_ROWS, ROW, TABLE, VALUES, WHERE } from '../fields.ts';
import { CREDENTIALS } from '../server.ts';
import { write, TIME_MS } from '../session.ts';
import { columnsOf, updateStatement } from '../statements.ts';

/** Changes the rows that fit and hands them on. */
export const update = defineAction({
  type: 'postgres.update',
  version: 1,
  title: 'PostgreSQL: Update rows',
  description: 'Changes the rows that fit and hands them on.',
  category: 'apps',
  icon: 'database',
  aliases: ['sql', 'postgres', 'change', 'ändern', 'aktualisieren'],
  effect: 'write',
  // The same values lead to the same state.
  onLostAnswer: 'resend',
  timeoutMs: TIME_MS,
  credentials: CREDENTIALS,
  input: z.strictObject({
    ...TABLE,
    values: VALUES,
    where: WHERE,
    allRows: ALL_ROWS,
  }),
  output: ROW,
  sample: { id: 42, name: 'Ada Lovelace' },
  run: async (context) => {
    const { schema, table, ...change } = context.input;
    const name = { schema, table };
    const { rows } = await write(context, { update: context.input }, async (ask) =>
      ask(updateStatement(await columnsOf(ask, name), name, change)),
    );
    return rows;
  },
});
