import { defineAction, emit, z, type JsonObject } from '@millwright/node-sdk';
import { setPath } from './set-path.ts';

/** Fields of one item at most. */
const MAX_ASSIGNMENTS = 200;

/** Sets fields of each item. */
export const editFields = defineAction({
  type: 'core.editFields',
  version: 1,
  kind: 'transform',
  title: 'Edit fields',
  description: 'Sets, adds or picks fields of each item.',
  category: 'data',
  icon: 'pencil-line',
  aliases: ['set', 'map', 'rename', 'assign', 'transform', 'change', 'felder', 'setzen', 'umbenennen', 'ändern', 'zuordnen'],
  effect: 'pure',
  input: z.strictObject({
    mode: z
      .literal('assignments')
      .default('assignments')
      .meta({ title: 'Mode', field: { control: 'options', options: { assignments: 'Field by field' }, expression: false } }),
    assignments: z
      .array(z.strictObject({ name: z.string().min(1).max(500), value: z.json().default('') }))
      .max(MAX_ASSIGNMENTS)
      .default([])
      .meta({ title: 'Fields', description: 'Dots in a name go deeper: address.city.', field: { control: 'assignments' } }),
    keepOther: z
      .boolean()
      .default(true)
      .meta({
        title: 'Keep other fields',
        description: 'Off: only the fields above remain.',
        field: { control: 'switch', expression: false },
      }),
  }),
  output: z.record(z.string(), z.json()),
  sample: { name: 'Ada Lovelace', priority: 'high' },
  run: ({ input, item, items, itemIndex }) => {
    const sources = item === undefined ? items.map((source, index) => ({ source, index })) : [{ source: item, index: itemIndex }];
    return emit({
      main: sources.map(({ source, index }) => {
        const before: JsonObject =
          input.keepOther && typeof source.json === 'object' && source.json !== null && !Array.isArray(source.json)
            ? (source.json as JsonObject)
            : {};
        const json = input.assignments.reduce((target, { name, value }) => setPath(target, name.split('.'), value), before);
        return {
          json: json as Record<string, z.infer<ReturnType<typeof z.json>>>,
          ...(source.files && input.keepOther ? { files: source.files } : {}),
          from: [index],
        };
      }),
    });
  },
});
