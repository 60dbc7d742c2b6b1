import { defineAction, emit, z, type Item, type JsonValue } from '@millwright/node-sdk';
import { fieldAt, requireField, textOf } from './field-at.ts';

type Json = z.input<ReturnType<typeof z.json>>;

/** Sorts a list by fields. */
export const sort = defineAction({
  type: 'core.sort',
  version: 1,
  kind: 'transform',
  title: 'Sort',
  description: 'Puts items in order by one or more fields.',
  category: 'data',
  icon: 'arrow-down-a-z',
  aliases: ['order', 'rank', 'arrange', 'sortieren', 'reihenfolge', 'ordnen'],
  effect: 'pure',
  once: ['*'],
  input: z.strictObject({
    by: z
      .array(
        z.strictObject({
          field: z.string().min(1).max(500).meta({ title: 'Field' }),
          order: z
            .enum(['ascending', 'descending'])
            .default('ascending')
            .meta({
              title: 'Order',
              field: { control: 'options', options: { ascending: 'Smallest first', descending: 'Largest first' }, expression: false },
            }),
        }),
      )
      .min(1)
      .max(20)
      .meta({ title: 'Sort by', description: 'The first field counts; where it is equal, the next. Items without a value come last.' }),
    matchCase: z
      .boolean()
      .default(false)
      .meta({ title: 'Capital letters count', field: { control: 'switch', expression: false } }),
  }),
  output: z.json(),
  sample: { name: 'Ada Lovelace', amount: 12 },
  run: ({ input: { by, matchCase }, items }) => {
    for (const { field } of by) requireField(items, field, 'by');
    const texts = new Intl.Collator('en', { numeric: true, sensitivity: matchCase ? 'variant' : 'accent' });
    const rows = items.map((item, index) => ({ item, index, values: by.map(({ field }) => fieldAt(item.json, field)) }));
    rows.sort((a, b) => {
      for (const [index, { order }] of by.entries()) {
        const found = compare(a.values[index], b.values[index], { isDescending: order === 'descending', texts });
        if (found !== 0) return found;
      }
      return a.index - b.index;
    });
    return emit({ main: rows.map(({ item, index }) => toSorted(item, index)) });
  },
});

function toSorted(item: Item, index: number) {
  return { ...item, json: item.json as Json, from: [index] };
}

interface How {
  readonly isDescending: boolean;
  readonly texts: Intl.Collator;
}

/** Numbers before texts before everything else; what is missing is last either way. */
function compare(a: JsonValue | undefined, b: JsonValue | undefined, { isDescending, texts }: How): number {
  const [first, second] = [rank(a), rank(b)];
  if (first === MISSING || second === MISSING) return first - second;
  const plain =
    first !== second
      ? first - second
      : typeof a === 'number' && typeof b === 'number'
        ? a - b
        : texts.compare(typeof a === 'string' ? a : textOf(a), typeof b === 'string' ? b : textOf(b));
  return isDescending ? -plain : plain;
}

const MISSING = 4;

function rank(value: JsonValue | undefined): number {
  if (value === undefined || value === null || value === '') return MISSING;
  return typeof value === 'number' ? 0 : typeof value === 'string' ? 1 : typeof value === 'boolean' ? 2 : 3;
}
