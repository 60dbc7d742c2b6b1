import { defineAction, z } from '@millwright/node-sdk';

/** Gives a list of numbers, for tests that need many items. */
export const numbers = defineAction({
  type: 'test.numbers',
  version: 1,
  kind: 'transform',
  title: 'Numbers',
  description: 'Gives the numbers from 0 on.',
  category: 'data',
  icon: 'list-ordered',
  aliases: ['list'],
  effect: 'pure',
  input: z.strictObject({ count: z.int().min(0).max(10_000).meta({ title: 'Count' }) }),
  output: z.object({ n: z.int() }),
  sample: { n: 0 },
  run: ({ input }) => Array.from({ length: input.count }, (_, n) => ({ n })),
});
