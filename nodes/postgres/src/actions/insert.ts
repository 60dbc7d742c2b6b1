import { defineAction, z } from '@millwright/node-sdk';
import { ROW, ROWS, TABLE } from '../fields.ts';
import { CREDENTIALS } from '../server.ts';
import { write, TIME_MS } from '../session.ts';
import { columnsOf, insertStatement } from '../statements.ts';

/** Writes new rows and hands them on. */
export const insert = defineAction({
  type: 'postgres.insert',
  version: 1,
  title: 'PostgreSQL: Insert rows',
  description: 'Writes new rows and hands them on.',
  category: 'apps',
  icon: 'database',
  aliases: ['sql', 'postgres', 'add', 'create', 'einfügen', 'anlegen'],
  effect: 'write',
  // A row that is skipped because it is there already may be sent again; others would be there twice.
  onLostAnswer: 'ask',
  onLostAnswerBy: { parameter: 'onConflict', answers: { skip: 'resend' } },
  timeoutMs: TIME_MS,
  credentials: CREDENTIALS,
  input: z.strictObject({
    ...TABLE,
    rows: ROWS,
    onConflict: z
      .enum(['fail', 'skip'])
      .default('fail')
      .meta({
        title: 'If there is such a row',
        description: 'By the unique columns of the table.',
        field: { control: 'options', options: { fail: 'Fail', skip: 'Leave it' }, expression: false },
      }),
  }),
  output: ROW,
  sample: { id: 42, name: 'Ada Lovelace' },
  run: async (context) => {
    const { schema, table, rows: given, onConflict } = context.input;
    const name = { schema, table };
    const what = { rows: Array.isArray(given) ? given : [given], onConflict: { do: onConflict } } as const;
    const { rows } = await write(context, { insert: context.input }, async (ask) =>
      ask(insertStatement(await columnsOf(ask, name), name, what)),
    );
    return rows;
  },
});
