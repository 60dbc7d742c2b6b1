import { defineAction, emit, z, type JsonObject, type JsonValue } from '@millwright/node-sdk';
import { fieldAt, isFields, lastName, requireField } from './field-at.ts';
import { setPath } from './set-path.ts';

/** Makes an item of each entry of a list. */
export const splitOut = defineAction({
  type: 'core.splitOut',
  version: 1,
  kind: 'transform',
  title: 'Split out',
  description: 'Makes one item of each entry of a list.',
  category: 'data',
  icon: 'ungroup',
  aliases: ['list', 'explode', 'unwind', 'flatten', 'array', 'liste', 'aufteilen', 'zerlegen', 'auspacken'],
  effect: 'pure',
  input: z.strictObject({
    field: z.string().min(1).max(500).meta({ title: 'Field with the list', description: 'Dots go deeper: order.lines.' }),
    include: z
      .enum(['none', 'others'])
      .default('none')
      .meta({
        title: 'Other fields',
        field: { control: 'options', options: { none: 'Leave them out', others: 'Keep them on each item' }, expression: false },
      }),
    name: z
      .string()
      .max(500)
      .default('')
      .meta({ title: 'Name for the entry', description: 'Empty: entries with fields become the item, others keep the name of the list.' }),
    missing: z
      .enum(['error', 'skip'])
      .default('error')
      .meta({
        title: 'When the field is missing',
        field: { control: 'options', options: { error: 'Fail', skip: 'Give nothing' }, expression: false },
      }),
  }),
  output: z.json(),
  sample: { sku: 'A-1', quantity: 2 },
  run: ({ input: { field, include, name, missing }, item, items, itemIndex }) => {
    const sources = item === undefined ? items.map((source, index) => ({ source, index })) : [{ source: item, index: itemIndex }];
    return emit({
      main: sources.flatMap(({ source, index }) => {
        const value = fieldAt(source.json, field);
        if (value === undefined && missing === 'error') requireField([source], field, 'field');
        return entriesOf(value).map((entry) => ({ json: asJson(itemOf(source.json, entry, { field, include, name })), from: [index] }));
      }),
    });
  },
});

/** Nothing of nothing, the values of an object, one entry of anything else. */
function entriesOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value as readonly JsonValue[];
  return isFields(value) ? Object.values(value) : [value];
}

interface Wanted {
  readonly field: string;
  readonly include: 'none' | 'others';
  readonly name: string;
}

function itemOf(json: JsonValue, entry: JsonValue, { field, include, name }: Wanted): JsonValue {
  if (include === 'others') return setPath(withoutPath(isFields(json) ? json : {}, field), (name === '' ? field : name).split('.'), entry);
  if (name === '' && isFields(entry)) return entry;
  return setPath({}, name === '' ? [lastName(field)] : name.split('.'), entry);
}

/** A copy without the list itself. */
function withoutPath(json: JsonObject, path: string): JsonObject {
  const [name = '', ...rest] = Object.hasOwn(json, path) ? [path] : path.split('.');
  const inner = json[name];
  if (rest.length > 0 && isFields(inner)) return { ...json, [name]: withoutPath(inner, rest.join('.')) };
  return rest.length > 0 ? json : Object.fromEntries(Object.entries(json).filter(([key]) => key !== name));
}

/** The same value as zod's JSON type writes it. */
function asJson(value: JsonValue | JsonObject): z.input<ReturnType<typeof z.json>> {
  return value as z.input<ReturnType<typeof z.json>>;
}
