import { roots } from './roots/table.ts';
import { functions, namespaces } from './methods/globals/globals.ts';
import type { Method } from './methods/spec.ts';
import { methodTables } from './methods/tables.ts';
import { partOf } from './parts/parts.ts';

/** One entry of the language's tables. */
export interface FunctionDescription {
  /** `root`, `function`, a name such as `Math`, or the type of value it belongs to: `text`, `number`, `list`, `object`, `date`, ... */
  readonly type: string;
  readonly name: string;
  /** The parameters; empty for what is read without a call. */
  readonly signature: string;
  /** One line. */
  readonly doc: string;
  /** An expression without braces. */
  readonly example: string;
}

type Describe = () => readonly FunctionDescription[];

/** The tables in the order in which they are described. Those of dates are there with their part, so each is only looked at when it is asked for. */
const tables: readonly (readonly [type: string, describe: Describe])[] = [
  ['root', describedRoots],
  ['function', () => described('function', functions)],
  ...[...namespaces].map(([name, namespace]): [string, Describe] => [name, () => described(name, namespace.functions)]),
  ...(Object.keys(methodTables) as (keyof typeof methodTables)[]).map((kind): [string, Describe] => [
    kind,
    () => described(kind, methodTables[kind]),
  ]),
  ['date', () => describedParts('date', { parts: partOf('dates').dateProperties, exampleOf: (name) => `$now.${name}` })],
  [
    'duration',
    () =>
      describedParts('duration', {
        parts: partOf('dates').durationProperties,
        exampleOf: (name) => `$now.diff($today, '${name}').${name}`,
      }),
  ],
  ['text', () => [{ type: 'text', name: 'length', signature: '', doc: 'How many characters it has', example: "'abc'.length" }]],
  ['list', () => [{ type: 'list', name: 'length', signature: '', doc: 'How many elements it has', example: '[1, 2].length' }]],
];

/** Everything the language has: roots, functions, and the methods and properties of each type. Made from the tables that run. */
export function describeFunctions(): readonly FunctionDescription[] {
  return tables.flatMap(([, describe]) => describe());
}

const known = new Map<string, readonly FunctionDescription[]>();

/** Everything of one type. */
export function describeType(type: string): readonly FunctionDescription[] {
  const before = known.get(type);
  if (before !== undefined) return before;
  const found = tables.flatMap(([of, describe]) => (of === type ? describe() : []));
  known.set(type, found);
  return found;
}

function describedRoots(): readonly FunctionDescription[] {
  return [
    ...[...roots].map(([name, { doc, example }]) => ({ type: 'root', name, signature: '', doc, example })),
    {
      type: 'root',
      name: '$',
      signature: "('id')",
      doc: 'Another step by its id or name: item, first(), last(), all()',
      example: "$('lead').item.json",
    },
    { type: 'root', name: '$node', signature: "['id']", doc: 'Another step by its id or name', example: "$node['lead'].json" },
  ];
}

interface Parts {
  readonly parts: ReadonlyMap<string, { readonly doc: string }>;
  readonly exampleOf: (name: string) => string;
}

function describedParts(type: string, { parts, exampleOf }: Parts): readonly FunctionDescription[] {
  return [...parts].map(([name, { doc }]) => ({ type, name, signature: '', doc, example: exampleOf(name) }));
}

function described(
  type: string,
  table: ReadonlyMap<string, Pick<Method<never>, 'signature' | 'doc' | 'example'>>,
): readonly FunctionDescription[] {
  // Length is read without a call as well, and described so.
  return [...table]
    .filter(([name]) => name !== 'length')
    .map(([name, { signature, doc, example }]) => ({ type, name, signature, doc, example }));
}
