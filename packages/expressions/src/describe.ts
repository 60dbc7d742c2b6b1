import { roots } from './roots/table.ts';
import { dateProperties, durationProperties } from './methods/date/properties.ts';
import { functions, namespaces } from './methods/globals/globals.ts';
import type { Method } from './methods/spec.ts';
import { methodTables } from './methods/tables.ts';

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

/** Everything the language has: roots, functions, and the methods and properties of each type. Made from the tables that run. */
export function describeFunctions(): readonly FunctionDescription[] {
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
    ...described('function', functions),
    ...[...namespaces].flatMap(([name, namespace]) => described(name, namespace.functions)),
    ...Object.entries(methodTables).flatMap(([kind, table]) => described(kind, table)),
    ...[...dateProperties].map(([name, { doc }]) => ({ type: 'date', name, signature: '', doc, example: `$now.${name}` })),
    ...[...durationProperties].map(([name, { doc }]) => ({
      type: 'duration',
      name,
      signature: '',
      doc,
      example: `$now.diff($today, '${name}').${name}`,
    })),
    { type: 'text', name: 'length', signature: '', doc: 'How many characters it has', example: "'abc'.length" },
    { type: 'list', name: 'length', signature: '', doc: 'How many elements it has', example: '[1, 2].length' },
  ];
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
