import type { JsonObject, JsonValue } from '@millwright/core';
import type { ImportedAction, ImportedConnector } from '../imported.ts';
import { camelOf, freeName, wordsOf } from '../words.ts';
import { printKey, printParts, printText, printValue } from './print-value.ts';
import { objectSource, zodSource } from './zod-source.ts';

/** A file of a package: its path below the package's folder, and what is in it. */
export interface PrintedFile {
  readonly path: string;
  readonly text: string;
}

/** Files of one folder. */
const PER_FOLDER = 15;

/** Where an action is printed. */
interface ActionPlace {
  readonly key: string;
  readonly action: ImportedAction;
  /** The name that its file exports. */
  readonly name: string;
  /** Below `src`, without ending. */
  readonly file: string;
}

function kebab(name: string): string {
  return wordsOf(name).join('-');
}

function placesOf({ actions }: ImportedConnector): readonly ActionPlace[] {
  const counts = new Map<string, number>();
  const names = new Set<string>();
  const files = new Set<string>();
  return Object.entries(actions).map(([key, action]) => {
    const [group = 'api', ...rest] = key.split('.');
    const count = counts.get(group) ?? 0;
    counts.set(group, count + 1);
    const folder = count < PER_FOLDER ? kebab(group) : `${kebab(group)}-${Math.floor(count / PER_FOLDER) + 1}`;
    const name = freeName(camelOf(wordsOf([...rest, group].join(' '))), (taken) => names.has(taken));
    names.add(name);
    const file = freeName(`actions/${folder}/${kebab(rest.join(' ')) || kebab(group)}`, (taken) => files.has(taken));
    files.add(file);
    return { key, action, name, file };
  });
}

function lines(entries: readonly (readonly [string, string | undefined])[]): string {
  return entries.flatMap(([name, source]) => (source === undefined ? [] : [`  ${printKey(name)}: ${source},\n`])).join('');
}

function printAction({ action, name }: ActionPlace): string {
  const value = (given: unknown): string | undefined => (given === undefined ? undefined : printValue(given as JsonValue, '  '));
  const body = lines([
    ['title', printText(action.title)],
    ['description', printText(action.description)],
    ['effect', value(action.effect)],
    ['auth', value(action.auth)],
    ['input', objectSource(action.input, { any: 'z.unknown()', indent: '  ' })],
    ['request', value(action.request)],
    ['pages', value(action.pages)],
    [
      'output',
      printParts(
        [
          `schema: ${zodSource(action.output.schema, { any: 'z.json()', indent: '    ' })}`,
          `sample: ${printValue(action.output.sample, '    ')}`,
        ],
        { open: '{', close: '}', indent: '  ' },
      ),
    ],
    ['example', value(action.example)],
  ]);
  const notes = action.notes.map((note) => ` * Look at this: ${note.replaceAll('*/', '* /')}\n`).join('');
  const comment = notes === '' ? `/** ${action.operation.replaceAll('*/', '* /')} */\n` : `/**\n * ${action.operation}\n${notes} */\n`;
  return `import { action, z } from '@millwright/node-sdk';\n\n${comment}export const ${name} = action({\n${body}});\n`;
}

function printIndex(connector: ImportedConnector, places: readonly ActionPlace[]): string {
  const value = (given: unknown): string => printValue(given as JsonValue, '  ');
  const imports = places.map(({ name, file }) => `import { ${name} } from './${file}.ts';\n`).join('');
  const actions = printParts(
    places.map(({ key, name }) => `${printKey(key)}: ${name}`),
    { open: '{', close: '}', indent: '  ' },
  );
  const body = lines([
    ['key', printText(connector.key)],
    ['title', printText(connector.title)],
    ['version', printText(connector.version)],
    ['categories', value(connector.categories)],
    ['baseUrl', printText(connector.baseUrl)],
    ['hosts', connector.hosts.length === 0 ? undefined : value(connector.hosts)],
    ['auth', value(connector.auth)],
    ['test', value(connector.test)],
    ['errors', value(connector.errors)],
    ['options', Object.keys(connector.options).length === 0 ? undefined : value(connector.options)],
    ['actions', actions],
  ]);
  return `import { defineConnector } from '@millwright/node-sdk';\n${imports}\nexport default defineConnector({\n${body}});\n`;
}

function printTest(): string {
  return `import { describe, expect, it } from 'vitest';
import nodePackage from './index.ts';

describe(nodePackage.title, () => {
  it.each(Object.entries(nodePackage.connector.actions))('%s takes its own example and its sample fits', (_key, action) => {
    expect(action.input.safeParse(action.example).error?.issues).toBeUndefined();
    expect(action.output.schema.safeParse(action.output.sample).error?.issues).toBeUndefined();
  });
});
`;
}

function printReadme({ title, key, actions, notes, skipped }: ImportedConnector): string {
  const list = Object.entries(actions)
    .slice(0, 25)
    .map(([name, { title: what }]) => `- \`${name}\`: ${what}`);
  const more = Object.keys(actions).length > 25 ? [`- and ${Object.keys(actions).length - 25} more, see \`src/index.ts\``] : [];
  const look = [...notes, ...skipped.map(({ operation, why }) => `${operation} was left out: ${why}`)]
    .slice(0, 15)
    .map((note) => `- ${note}`);
  const section = look.length === 0 ? [] : ['', '## Look at this first', ...look];
  return [
    `# ${title}`,
    '',
    `Connector \`${key}\`, made from the vendor's API description. What was guessed (sign-in, paging, dropdowns, effects) is yours to correct.`,
    '',
    '**Open first** `src/index.ts`, then one file of `src/actions`.',
    '',
    '## Actions',
    ...list,
    ...more,
    ...section,
    '',
  ].join('\n');
}

function printManifest({ key, title, version }: ImportedConnector): string {
  const manifest: JsonObject = {
    name: `@millwright/node-${key}`,
    version,
    private: true,
    description: `Connector for ${title}`,
    license: 'Apache-2.0',
    type: 'module',
    exports: { '.': './src/index.ts' },
    dependencies: { '@millwright/node-sdk': '0.1.0' },
    millwright: { node: './src/index.ts' },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** A connector that was imported as the files of a node package: below `nodes/<key>`. */
export function printPackage(connector: ImportedConnector): readonly PrintedFile[] {
  const places = placesOf(connector);
  return [
    { path: 'package.json', text: printManifest(connector) },
    { path: 'README.md', text: printReadme(connector) },
    { path: 'src/index.ts', text: printIndex(connector, places) },
    ...places.map((place) => ({ path: `src/${place.file}.ts`, text: printAction(place) })),
    { path: 'src/index.test.ts', text: printTest() },
  ];
}
