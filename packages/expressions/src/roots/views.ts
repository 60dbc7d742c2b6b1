import { ExpressionError } from '../errors.ts';
import { missing } from '../runtime/access.ts';
import type { Frame } from '../runtime/run.ts';
import { toNumber } from '../runtime/text.ts';
import { type Value, View } from '../runtime/value.ts';
import type { ExpressionScope, NodeView, ScopeItem } from '../scope.ts';
import { closest } from '../suggest.ts';

/** How a node's current item is found. */
interface Pairing {
  /** By the item that the current one came from (`$('id')`), or by the same number (n8n's `$node['id']`). Default the first. */
  readonly isSameIndex?: boolean;
  /** Number of the item that counts as current. Default the scope's. */
  readonly itemIndex?: number;
}

/**
 * `$('id')`: the view of another node.
 * @throws ExpressionError `expression_missing_key` when there is no such node upstream
 */
export function nodeNamed(frame: Frame, idOrName: string, pairing: Pairing = {}): View {
  const { scope } = frame.run;
  frame.run.spend(10);
  const node = scope.node(idOrName);
  if (node !== undefined) return nodeView(node, { idOrName, scope, pairing });
  const suggestion = closest(idOrName, scope.nodeNames ?? []);
  const hint = `There is no step \`${idOrName}\` before this one${suggestion === undefined ? '.' : `; did you mean \`${suggestion}\`?`}`;
  throw new ExpressionError({
    code: 'expression_missing_key',
    message: `no node ${idOrName}`,
    hint,
    missingKey: idOrName,
    suggestion,
    isFinal: true,
  });
}

interface Named {
  readonly idOrName: string;
  readonly scope: ExpressionScope;
  readonly pairing: Pairing;
}

function nodeView(node: NodeView, { idOrName, scope, pairing }: Named): View {
  const current = (): ScopeItem =>
    pairing.isSameIndex === true ? (node.all()[pairing.itemIndex ?? scope.itemIndex] ?? nowhere(idOrName)) : node.item();
  const matching = (args: readonly Value[]): ScopeItem => {
    if (node.itemMatching !== undefined) return node.itemMatching(args[0] === undefined ? scope.itemIndex : toNumber(args[0]));
    return node.item();
  };
  return new View({
    title: `$('${idOrName}')`,
    keys: () => ['item', 'json', 'name', 'isExecuted', 'params', 'context', 'binary'],
    read: (key) => readNode(key, node, current),
    methods: new Map<string, (args: readonly Value[]) => Value>([
      ['first', (args) => node.first(...places(args))],
      ['last', (args) => node.last(...places(args))],
      ['all', (args) => node.all(...places(args))],
      ['itemMatching', matching],
      ['pairedItem', matching],
    ]),
  });
}

function readNode(key: string, node: NodeView, current: () => ScopeItem): Value {
  switch (key) {
    case 'item':
      return current();
    case 'json':
    case 'data':
      return current().json;
    case 'binary':
      return current().files ?? {};
    case 'name':
      return node.name;
    case 'isExecuted':
      return node.isExecuted ?? true;
    case 'params':
    case 'parameter':
      return node.params ?? {};
    case 'context':
      return node.context ?? {};
    default:
      return missing;
  }
}

/** `first(output, run)`: both may be left out. */
function places(args: readonly Value[]): [output?: number, run?: number] {
  const [output, run] = args.map((one) => (one === undefined || one === null ? undefined : toNumber(one)));
  if (run !== undefined) return [output ?? 0, run];
  return output === undefined ? [] : [output];
}

function nowhere(idOrName: string): never {
  throw new ExpressionError({
    code: 'expression_lineage',
    message: `${idOrName} has no item with this number`,
    hint: `The step \`${idOrName}\` gave fewer items than this one gets. Use \`$('${idOrName}').item\`, \`.first()\` or \`.all()\`.`,
  });
}

/** `$input` */
export function inputView({ input, previous }: ExpressionScope): View {
  return new View({
    title: '$input',
    keys: () => ['item', 'json'],
    read: (key) => {
      if (key === 'item') return input.item();
      if (key === 'params' || key === 'context') return previous?.[key] ?? {};
      return key === 'json' ? input.item().json : missing;
    },
    methods: new Map<string, () => Value>([
      ['first', () => input.first()],
      ['last', () => input.last()],
      ['all', () => input.all()],
    ]),
  });
}

/** `$item(2)`: the item with a number, and other nodes' items with the same number. */
export function itemView(frame: Frame, itemIndex: number): View {
  const { scope } = frame.run;
  const item = scope.items[itemIndex];
  const nodes = new View({
    title: '$item().$node',
    keys: () => scope.nodeNames ?? [],
    read: (name) => nodeNamed(frame, name, { isSameIndex: true, itemIndex }),
  });
  return new View({
    title: '$item()',
    keys: () => ['$json', '$node'],
    read: (key) => {
      if (key === '$json' || key === 'json') return item?.json;
      if (key === '$binary' || key === 'binary') return item?.files ?? {};
      return key === '$node' ? nodes : missing;
    },
  });
}
