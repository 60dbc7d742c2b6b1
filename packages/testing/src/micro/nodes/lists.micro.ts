import type { JsonObject } from '@millwright/core';
import type { Micro, MicroRule } from '../micro.ts';
import { src, t } from '../sketches.ts';

interface Case {
  readonly type: string;
  readonly parameters: JsonObject;
  readonly rows: readonly JsonObject[];
  readonly gives: readonly JsonObject[];
}

function list(name: string, { type, parameters, rows, gives }: Case): Micro {
  return {
    name,
    nodes: [t, src, ['a', type, parameters]],
    edges: ['t -> src', 'src -> a'],
    start: { rows },
    expected: { ran: ['t', 'src', 'a'], gave: { a: gives } },
  };
}

const people = [
  { name: 'Grace', age: 9, tags: ['a'] },
  { name: 'ada', age: 10, tags: ['b', 'c'] },
];

/** Steps that reshape lists; §9.6 and §9.17 say what they have in common. */
export const lists: MicroRule = {
  rule: 'lists',
  micros: [
    list('aggregate: whole items in one list', {
      type: 'core.aggregate',
      parameters: { name: 'all' },
      rows: people,
      gives: [{ all: people }],
    }),
    list('aggregate: single fields, lists joined', {
      type: 'core.aggregate',
      parameters: { mode: 'fields', fields: [{ field: 'name', name: 'names' }, { field: 'tags' }], flatten: true },
      rows: people,
      gives: [{ names: ['Grace', 'ada'], tags: ['a', 'b', 'c'] }],
    }),
    list('split out: entries with the other fields', {
      type: 'core.splitOut',
      parameters: { field: 'tags', include: 'others', name: 'tag' },
      rows: people,
      gives: [
        { name: 'Grace', age: 9, tag: 'a' },
        { name: 'ada', age: 10, tag: 'b' },
        { name: 'ada', age: 10, tag: 'c' },
      ],
    }),
    list('limit: the last ones', { type: 'core.limit', parameters: { max: 1, keep: 'last' }, rows: people, gives: people.slice(1) }),
    list('sort: numbers as numbers', {
      type: 'core.sort',
      parameters: { by: [{ field: 'age', order: 'descending' }] },
      rows: people,
      gives: people.toReversed(),
    }),
    list('sort: texts without regard to capital letters', {
      type: 'core.sort',
      parameters: { by: [{ field: 'name' }] },
      rows: people,
      gives: people.toReversed(),
    }),
    list('remove duplicates: the first of those that are equal stays', {
      type: 'core.removeDuplicates',
      parameters: { compare: 'selected', fields: [{ field: 'k' }] },
      rows: [
        { k: 1, n: 1 },
        { k: 2, n: 2 },
        { k: 1, n: 3 },
      ],
      gives: [
        { k: 1, n: 1 },
        { k: 2, n: 2 },
      ],
    }),
  ],
};
