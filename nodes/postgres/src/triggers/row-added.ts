import { definePolledTrigger, z } from '@millwright/node-sdk';
import { ROW, TABLE } from '../fields.ts';
import { CREDENTIALS } from '../server.ts';
import { read } from '../session.ts';
import { markOf, newRows, STATE } from './new-rows.ts';

/** New rows of a table. */
export const rowAdded = definePolledTrigger({
  type: 'postgres.rowAdded',
  version: 1,
  title: 'PostgreSQL: New row',
  description: 'Starts for each row that comes to a table, told by a column whose values grow: a number, or when it was stored or changed.',
  icon: 'database',
  aliases: ['sql', 'postgres', 'insert', 'update', 'zeile', 'neu', 'geändert'],
  every: '1m',
  credentials: CREDENTIALS,
  input: z.strictObject({
    ...TABLE,
    column: z
      .string()
      .min(1)
      .max(63)
      .meta({
        title: 'Growing column',
        description: 'With a column that says when a row was changed, changed rows come too. It should have an index.',
        field: { placeholder: 'id' },
      }),
  }),
  output: ROW,
  sample: { id: 42, name: 'Ada Lovelace' },
  poll: async (context) => {
    const { schema, table, column } = context.input;
    const growing = { name: { schema, table }, column };
    const { state, takesAll, nowMs } = context;
    return read(context, async (ask) => {
      if (state === null && !takesAll) return { events: [], state: await markOf(ask, growing) };
      const before = state === null ? { from: null, seen: [], waitsSinceMs: null } : STATE.parse(state);
      const { rows, hasMore, ...next } = await newRows(ask, growing, { state: before, nowMs });
      return { events: rows.map(({ id, row }) => ({ id, data: row })), state: next.state, hasMore };
    });
  },
});
