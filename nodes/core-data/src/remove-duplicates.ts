import { defineAction, emit, UserError, z, type Item, type JsonValue } from '@millwright/node-sdk';
import { fieldAt, isFields, requireField, textOf } from './field-at.ts';

type Json = z.input<ReturnType<typeof z.json>>;

/** Keeps the first of items that are equal. */
export const removeDuplicates = defineAction({
  type: 'core.removeDuplicates',
  version: 1,
  kind: 'transform',
  title: 'Remove duplicates',
  description: 'Keeps the first of items that are equal.',
  category: 'data',
  icon: 'copy-x',
  aliases: ['unique', 'distinct', 'dedupe', 'duplicate', 'doppelte', 'eindeutig', 'duplikate', 'entfernen'],
  effect: 'pure',
  once: ['*'],
  input: z.strictObject({
    compare: z
      .enum(['all', 'selected', 'except'])
      .default('all')
      .meta({
        title: 'Compare',
        field: {
          control: 'options',
          options: { all: 'All fields', selected: 'These fields', except: 'All fields but these' },
          expression: false,
        },
      }),
    fields: z
      .array(z.strictObject({ field: z.string().min(1).max(500).meta({ title: 'Field' }) }))
      .max(100)
      .default([])
      .meta({ title: 'Fields', field: { showIf: { parameter: 'compare', in: ['selected', 'except'] } } }),
  }),
  output: z.json(),
  sample: { email: 'ada@example.com' },
  run: ({ input: { compare, fields }, items }) => {
    const names = fields.map(({ field }) => field);
    if (compare === 'selected') {
      if (names.length === 0)
        throw new UserError('invalid', {
          code: 'parameter_invalid',
          message: 'no field to compare is named',
          hint: 'Name at least one field, or compare all fields.',
          details: { field: 'fields' },
        });
      for (const name of names) requireField(items, name, 'fields');
    }
    const seen = new Set<string>();
    const kept: { item: Item; index: number }[] = [];
    for (const [index, item] of items.entries()) {
      const key = keyOf(item.json, compare, names);
      if (seen.has(key)) continue;
      seen.add(key);
      kept.push({ item, index });
    }
    return emit({ main: kept.map(({ item, index }) => ({ ...item, json: item.json as Json, from: [index] })) });
  },
});

/** Equal keys are equal items. */
function keyOf(json: JsonValue, compare: 'all' | 'selected' | 'except', names: readonly string[]): string {
  if (compare === 'selected') return textOf(names.map((name) => fieldAt(json, name) ?? null));
  if (compare === 'all' || !isFields(json)) return textOf(json);
  return textOf(Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name))));
}
