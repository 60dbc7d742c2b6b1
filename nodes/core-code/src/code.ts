import { defineAction, emit, InvariantError, z } from '@millwright/node-sdk';

type Json = z.input<ReturnType<typeof z.json>>;

/** Characters of one program. */
const MAX_SOURCE = 200_000;

/** Runs a program of somebody's own over the items, behind walls. */
export const code = defineAction({
  type: 'core.code',
  version: 1,
  title: 'Code',
  description: 'Runs your own JavaScript, TypeScript or Python over the items.',
  category: 'code',
  icon: 'code',
  aliases: ['javascript', 'typescript', 'python', 'js', 'ts', 'script', 'function', 'skript', 'funktion', 'programm'],
  effect: 'code',
  once: ['*'],
  raw: ['source'],
  // What a program has written with `fetch` carries no key that a service could tell a repetition by.
  onLostAnswer: 'ask',
  window: 4,
  // The most that the parameter below allows.
  timeoutMs: 600_000,
  input: z.strictObject({
    language: z
      .enum(['javascript', 'typescript', 'python'])
      .default('javascript')
      .meta({
        title: 'Language',
        field: {
          control: 'options',
          options: { javascript: 'JavaScript', typescript: 'TypeScript', python: 'Python' },
          expression: false,
        },
      }),
    mode: z
      .enum(['all', 'each'])
      .default('all')
      .meta({
        title: 'Runs',
        field: { control: 'options', options: { all: 'Once for all items', each: 'Once per item' }, expression: false },
      }),
    source: z
      .string()
      .min(1)
      .max(MAX_SOURCE)
      .meta({
        title: 'Code',
        description:
          'If a run has to be tried again, code whose result was not stored runs again; if it had begun to send with fetch, you are asked first. What it sends carries no key that protects from sending twice: where that matters, send with an HTTP step.',
        field: { control: 'code', language: 'language', expression: false },
      }),
    timeoutMs: z
      .int()
      .min(100)
      .max(600_000)
      .default(10_000)
      .meta({ title: 'Stopped after', description: 'For all items together.', field: { control: 'duration' } }),
    oneShot: z
      .boolean()
      .default(false)
      .meta({
        title: 'A process for each call',
        description: 'Slower. Nothing is left of one call when the next begins, not even the process.',
        field: { control: 'switch', expression: false },
      }),
  }),
  output: z.json(),
  sample: { name: 'Ada Lovelace' },
  run: async ({ input, code: port }) => {
    if (port === undefined) throw new InvariantError({ code: 'code_port_missing', message: 'core.code was run without a sandbox' });
    const items = await port.run(input);
    return emit({ main: items.map((item) => ({ ...item, json: item.json as Json })) });
  },
});
