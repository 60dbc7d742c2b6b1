import { defineAction, z } from '@millwright/node-sdk';
import { CREDENTIALS } from '../server.ts';
import { read, TIME_MS, write, type Answer, type Ask } from '../session.ts';
import { toParameter } from '../values.ts';

/** One statement of one's own; what varies goes into parameters, never into its text. */
export const query = defineAction({
  type: 'postgres.query',
  version: 1,
  title: 'PostgreSQL: Run a query',
  description: 'Runs one SQL statement with parameters.',
  category: 'apps',
  icon: 'database',
  aliases: ['sql', 'postgres', 'select', 'execute', 'abfrage', 'datenbank'],
  effect: 'write',
  effectBy: { parameter: 'access', classes: { read: 'read' }, otherwise: 'write' },
  onLostAnswer: 'ask',
  timeoutMs: TIME_MS,
  credentials: CREDENTIALS,
  input: z.strictObject({
    access: z
      .enum(['read', 'write'])
      .default('read')
      .meta({
        title: 'Access',
        description: 'Reading, the server refuses every change.',
        field: { control: 'options', options: { read: 'Only reads', write: 'Reads and writes' }, expression: false },
      }),
    sql: z
      .string()
      .min(1)
      .max(100_000)
      .meta({
        title: 'SQL',
        description: 'One statement. Values stand as $1, $2 …',
        field: { control: 'multiline', placeholder: 'SELECT * FROM customers WHERE country = $1', expression: false },
      }),
    values: z
      .array(z.json())
      .max(1000)
      .default([])
      .meta({ title: 'Values', description: 'A list: the first is $1.', field: { control: 'json', placeholder: '["DE"]' } }),
  }),
  output: z.record(z.string(), z.json()),
  sample: { id: 42, name: 'Ada Lovelace' },
  run: async (context) => {
    const { access, sql, values } = context.input;
    const ask = (one: Ask): Promise<Answer> => one({ text: sql, values: values.map((value) => toParameter(value)) });
    const { rows, count, command } = await (access === 'read' ? read(context, ask) : write(context, { sql, values }, ask));
    // What gives no rows says what it did.
    return rows.length > 0 || command === 'SELECT' ? rows : { command, count };
  },
});
