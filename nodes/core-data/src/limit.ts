import { defineAction, emit, z } from '@millwright/node-sdk';

type Json = z.input<ReturnType<typeof z.json>>;

/** Keeps the first or the last items. */
export const limit = defineAction({
  type: 'core.limit',
  version: 1,
  kind: 'transform',
  title: 'Limit',
  description: 'Keeps the first or the last items of a list.',
  category: 'data',
  icon: 'list-end',
  aliases: ['first', 'last', 'top', 'take', 'slice', 'begrenzen', 'erste', 'letzte', 'kürzen'],
  effect: 'pure',
  once: ['*'],
  input: z.strictObject({
    max: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(1)
      .meta({ title: 'Items at most', field: { control: 'number' } }),
    keep: z
      .enum(['first', 'last'])
      .default('first')
      .meta({
        title: 'Keep',
        field: { control: 'options', options: { first: 'The first ones', last: 'The last ones' }, expression: false },
      }),
  }),
  output: z.json(),
  sample: { name: 'Ada Lovelace' },
  run: ({ input: { max, keep }, items }) => {
    const start = keep === 'first' ? 0 : Math.max(0, items.length - max);
    return emit({
      main: items.slice(start, start + max).map((item, index) => ({ ...item, json: item.json as Json, from: [start + index] })),
    });
  },
});
