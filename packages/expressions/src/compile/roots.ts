import { ExpressionError } from '../errors.ts';
import { missing } from '../runtime/access.ts';
import type { InputView, NodeView } from '../scope.ts';
import type { Frame } from '../runtime/run.ts';
import { type Value, View } from '../runtime/value.ts';
import { closest } from '../suggest.ts';

/** A name that an expression can start with. */
interface Root {
  readonly doc: string;
  readonly example: string;
  readonly read: (frame: Frame) => Value;
}

/** All roots but `$('id')` and `$node['id']`, which need their name. */
export const roots: ReadonlyMap<string, Root> = new Map<string, Root>([
  ['$json', { doc: 'Data of the current item', example: '$json.email', read: (frame) => frame.run.scope.json }],
  ['$item', { doc: 'The current item', example: '$item.json', read: (frame) => frame.run.scope.item }],
  ['$items', { doc: 'All items that arrived at this step', example: '$items.length', read: (frame) => frame.run.scope.items }],
  [
    '$input',
    {
      doc: 'The items that arrived: item, first(), last(), all()',
      example: '$input.all().length',
      read: (frame) => inputView(frame.run.scope.input),
    },
  ],
  ['$now', { doc: 'Date and time of this run', example: '$now.toISO()', read: (frame) => frame.run.now() }],
  ['$today', { doc: 'Today at midnight', example: '$today.toISODate()', read: (frame) => frame.run.now().startOf('day') }],
  ['$run', { doc: 'This run: id, mode, startedAt', example: '$run.id', read: (frame) => frame.run.scope.run }],
  ['$workflow', { doc: 'This workflow: id, name', example: '$workflow.name', read: (frame) => frame.run.scope.workflow }],
  ['$vars', { doc: 'Variables of the workspace', example: '$vars', read: (frame) => frame.run.scope.vars }],
  ['$env', { doc: 'Settings that an admin allowed', example: '$env', read: (frame) => frame.run.scope.env }],
  ['$itemIndex', { doc: 'Number of the current item, from 0', example: '$itemIndex', read: (frame) => frame.run.scope.itemIndex }],
  ['$runIndex', { doc: 'How often this step ran before in this run', example: '$runIndex', read: (frame) => frame.run.scope.runIndex }],
]);

/**
 * `$('id')`: the view of another node.
 * @throws ExpressionError `expression_missing_key` when there is no such node upstream
 */
export function nodeNamed(frame: Frame, idOrName: string): View {
  const { scope } = frame.run;
  const node = scope.node(idOrName);
  if (node !== undefined) return nodeView(node, idOrName);
  const suggestion = closest(idOrName, scope.nodeNames ?? []);
  const hint = `There is no step \`${idOrName}\` before this one${suggestion === undefined ? '.' : `; did you mean \`${suggestion}\`?`}`;
  throw new ExpressionError({ code: 'expression_missing_key', message: `no node ${idOrName}`, hint, missingKey: idOrName, suggestion });
}

function nodeView(node: NodeView, idOrName: string): View {
  return new View({
    title: `$('${idOrName}')`,
    keys: () => ['item', 'json', 'name', 'isExecuted'],
    read: (key) => {
      if (key === 'item') return node.item();
      if (key === 'json') return node.item().json;
      if (key === 'name') return node.name;
      return key === 'isExecuted' ? (node.isExecuted ?? true) : missing;
    },
    methods: new Map<string, () => Value>([
      ['first', () => node.first()],
      ['last', () => node.last()],
      ['all', () => node.all()],
    ]),
  });
}

function inputView(input: InputView): View {
  return new View({
    title: '$input',
    keys: () => ['item', 'json'],
    read: (key) => {
      if (key === 'item') return input.item();
      return key === 'json' ? input.item().json : missing;
    },
    methods: new Map<string, () => Value>([
      ['first', () => input.first()],
      ['last', () => input.last()],
      ['all', () => input.all()],
    ]),
  });
}
