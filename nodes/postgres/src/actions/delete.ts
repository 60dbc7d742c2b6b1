import { defineAction, z } from '@millwright/node-sdk';
import { ALL_ROWS, ROW, TABLE, WHERE } from '../fields.ts';
import { CREDENTIALS } from '../server.ts';
import { write, TIME_MS } from '../session.ts';
import { columnsOf, deleteStatement } from '../statements.ts';

/** Deletes the rows that fit and hands them on. */
export const remove = defineAction({
  type: 'postgres.delete',
  version: 1,
  title: 'PostgreSQL: Delete rows',
  description: 'Deletes the rows that fit and hands them on.',
  category: 'apps',
  icon: 'database',
  aliases: ['sql', 'postgres', 'remove', 'löschen'],
  effect: 'write',
  // What is gone stays gone.
  onLostAnswer: 'resend',
  timeoutMs: TIME_MS,
  credentials: CREDENTIALS,
  input: z.strictObject({
    ...TABLE,
    where: WHERE,
    allRows: ALL_ROWS,
  }),
  output: ROW,
  sample: { id: 42, name: 'Ada Lovelace' },
  run: async (context) => {
    const { schema, table, ...touched } = context.input;
    const name = { schema, table };
    const { rows } = await write(context, { delete: context.input }, async (ask) =>
      ask(deleteStatement(await columnsOf(ask, name), name, touched)),
    );
    return rows;
  },
});
