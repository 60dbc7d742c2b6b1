import { defineAction, z } from '@millwright/node-sdk';
import { ROW, ROWS, TABLE } from '../fields.ts';
import { CREDENTIALS } from '../server.ts';
import { write, TIME_MS } from '../session.ts';
import { columnsOf, insertStatement } from '../statements.ts';

/** Writes rows; those that are there already are changed. */
export const upsert = defineAction({
  type: 'postgres.upsert',
  version: 1,
  title: 'PostgreSQL: Insert or update rows',
  description: 'Writes rows; those that are there already are changed.',
  category: 'apps',
  icon: 'database',
  aliases: ['sql', 'postgres', 'merge', 'upsert', 'einfügen', 'aktualisieren'],
  effect: 'write',
  // The same rows lead to the same state.
  onLostAnswer: 'resend',
  timeoutMs: TIME_MS,
  credentials: CREDENTIALS,
  input: z.strictObject({
    ...TABLE,
    rows: ROWS,
    match: z
      .array(z.string().min(1).max(63))
      .min(1)
      .max(32)
      .meta({
        title: 'Match by',
        description: 'Columns with a unique index, as a list.',
        field: { control: 'json', placeholder: '["id"]' },
      }),
  }),
  output: ROW,
  sample: { id: 42, name: 'Ada Lovelace' },
  run: async (context) => {
    const { schema, table, rows: given, match } = context.input;
    const name = { schema, table };
    const what = { rows: Array.isArray(given) ? given : [given], onConflict: { do: 'update', match } } as const;
    const { rows } = await write(context, { upsert: context.input }, async (ask) =>
      ask(insertStatement(await columnsOf(ask, name), name, what)),
    );
    return rows;
  },
});
