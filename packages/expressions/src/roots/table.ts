import type { Frame } from '../runtime/run.ts';
import type { Value } from '../runtime/value.ts';
import { inputView } from './views.ts';

/** A name that an expression can start with. */
export interface Root {
  readonly doc: string;
  readonly example: string;
  readonly read: (frame: Frame) => Value;
}

/** Roots that only some fields have: the answer of a page in pagination, the parameters of the step itself. */
const localRoots: readonly (readonly [name: string, doc: string])[] = [
  ['$response', 'Answer of the last request, in pagination'],
  ['$request', 'The last request, in pagination'],
  ['$pageCount', 'How many pages were read, in pagination'],
  ['$parameter', 'Parameters of this step'],
  ['$memory', 'Memory of an agent'],
];

/** All roots but those that need a name: `$('id')`, `$node['id']`. */
export const roots: ReadonlyMap<string, Root> = new Map<string, Root>([
  ['$json', { doc: 'Data of the current item', example: '$json.email', read: (frame) => frame.run.scope.json }],
  ['$item', { doc: 'The current item', example: '$item.json', read: (frame) => frame.run.scope.item }],
  ['$items', { doc: 'All items that arrived at this step', example: '$items.length', read: (frame) => frame.run.scope.items }],
  [
    '$binary',
    {
      doc: 'Files of the current item: name, type and size, no content',
      example: '$binary',
      read: (frame) => frame.run.scope.item.files ?? {},
    },
  ],
  [
    '$input',
    {
      doc: 'The items that arrived: item, first(), last(), all()',
      example: '$input.all().length',
      read: (frame) => inputView(frame.run.scope),
    },
  ],
  ['$now', { doc: 'Date and time of this run', example: '$now.toISO()', read: (frame) => frame.run.now() }],
  ['$today', { doc: 'Today at midnight', example: '$today.toISODate()', read: (frame) => frame.run.today() }],
  ['$run', { doc: 'This run: id, mode, startedAt', example: '$run.id', read: (frame) => frame.run.scope.run }],
  ['$execution', { doc: 'This run, as n8n calls it: id, mode, resumeUrl', example: '$execution.id', read: (frame) => frame.run.scope.run }],
  ['$workflow', { doc: 'This workflow: id, name', example: '$workflow.name', read: (frame) => frame.run.scope.workflow }],
  ['$prevNode', { doc: 'The step that the items came from: name', example: '$prevNode', read: (frame) => frame.run.scope.previous ?? {} }],
  ['$vars', { doc: 'Variables of the workspace', example: '$vars', read: (frame) => frame.run.scope.vars }],
  ['$env', { doc: 'Settings that an admin allowed', example: '$env', read: (frame) => frame.run.scope.env }],
  ['$itemIndex', { doc: 'Number of the current item, from 0', example: '$itemIndex', read: (frame) => frame.run.scope.itemIndex }],
  ['$runIndex', { doc: 'How often this step ran before in this run', example: '$runIndex', read: (frame) => frame.run.scope.runIndex }],
  ...localRoots.map(([name, doc]): [string, Root] => [
    name,
    { doc: `${doc}; only where there is one`, example: `${name} ?? null`, read: (frame) => localRoot(frame, name) },
  ]),
]);

/** A root that is given for some fields only; undefined elsewhere. */
function localRoot({ run }: Frame, name: string): Value {
  const { local } = run.scope;
  return local !== undefined && Object.hasOwn(local, name) ? local[name] : undefined;
}
