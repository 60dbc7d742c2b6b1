import { defineAction, emit, z, type Item, type JsonObject, type JsonValue } from '@millwright/node-sdk';
import { fieldAt, lastName, requireField } from './field-at.ts';
import { setPath } from './set-path.ts';

/** Brings all items together into one. */
export const aggregate = defineAction({
  type: 'core.aggregate',
  version: 1,
  kind: 'transform',
  title: 'Aggregate',
  description: 'Brings all items together into one item with lists.',
  category: 'data',
  icon: 'group',
  aliases: ['collect', 'list', 'group', 'combine', 'array', 'sammeln', 'zusammenfassen', 'liste', 'bündeln'],
  effect: 'pure',
  once: ['*'],
  input: z.strictObject({
    mode: z
      .enum(['all', 'fields'])
      .default('all')
      .meta({
        title: 'What to collect',
        field: {
          control: 'options',
          options: { all: 'Whole items, in one list', fields: 'Single fields, a list each' },
          expression: false,
        },
      }),
    name: z
      .string()
      .min(1)
      .max(500)
      .default('data')
      .meta({ title: 'Name of the list', field: { showIf: { parameter: 'mode', in: ['all'] } } }),
    fields: z
      .array(
        z.strictObject({
          field: z.string().min(1).max(500).meta({ title: 'Field' }),
          name: z.string().max(500).default('').meta({ title: 'Name of the list' }),
        }),
      )
      .max(100)
      .default([])
      .meta({ title: 'Fields', description: 'Dots go deeper: address.city.', field: { showIf: { parameter: 'mode', in: ['fields'] } } }),
    keepMissing: z
      .boolean()
      .default(false)
      .meta({
        title: 'Keep a place for missing values',
        field: { control: 'switch', showIf: { parameter: 'mode', in: ['fields'] }, expression: false },
      }),
    flatten: z
      .boolean()
      .default(false)
      .meta({
        title: 'Join lists into one',
        field: { control: 'switch', showIf: { parameter: 'mode', in: ['fields'] }, expression: false },
      }),
  }),
  output: z.record(z.string(), z.json()),
  sample: { data: [{ name: 'Ada' }, { name: 'Grace' }] },
  run: ({ input, items }) => {
    const lists =
      input.mode === 'all'
        ? [{ name: input.name, values: items.map((item) => item.json) }]
        : input.fields.map((one) => listOf(items, one, input));
    const json = lists.reduce<JsonObject>((target, { name, values }) => setPath(target, name.split('.'), values), {});
    return emit({ main: [{ json: json as z.input<ReturnType<typeof recordOf>>, from: items.map((_, index) => index) }] });
  },
});

function recordOf() {
  return z.record(z.string(), z.json());
}

interface Rules {
  readonly keepMissing: boolean;
  readonly flatten: boolean;
}

function listOf(
  items: readonly Item[],
  { field, name }: { readonly field: string; readonly name: string },
  { keepMissing, flatten }: Rules,
) {
  requireField(items, field, 'fields');
  const found = items.map((item) => fieldAt(item.json, field));
  const values: readonly JsonValue[] = keepMissing
    ? found.map((value) => value ?? null)
    : found.filter((value) => value !== undefined && value !== null);
  const joined = flatten ? values.flatMap((value): readonly JsonValue[] => (Array.isArray(value) ? value : [value])) : values;
  return { name: name === '' ? lastName(field) : name, values: joined };
}
