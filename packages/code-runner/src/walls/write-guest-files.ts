/**
 * A program: writes what runs inside sandboxes, as plain JavaScript, into the folder that its argument names.
 * Apart from the server, since Node warns on standard error about the stripping of types.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import path from 'node:path';

const GUEST = path.join(import.meta.dirname, '..', 'guest');
const require = createRequire(import.meta.url);

/** What every context has; each file after those that it imports. */
const CONTEXT_FILES = ['core', 'state', 'random', 'console', 'roots', 'results', 'entry'];
/** What a context has only when its code names any of it. */
const EXTRA_FILES = ['timers', 'text', 'url', 'fetch', 'crypto', 'modules', 'files', 'extras'];

/** What the program of a process is made of, each after those that it imports. */
const MAIN_FILES = [
  'imports',
  'limits',
  'channel',
  'crypto-operations',
  'packages',
  'libraries',
  'source',
  'text-operations',
  'call',
  'harden',
];

async function plain(file: string): Promise<string> {
  return stripTypeScriptTypes(await readFile(file, 'utf8'), { mode: 'strip' });
}

const scopeOf = (name: string): string => `from_${name.replaceAll('-', '_')}`;

/** A module as a function scope that gives its exports; what it imports was defined before it. */
function asScope(name: string, text: string): string {
  const exported = [...text.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map((found) => found[1]);
  return `const ${scopeOf(name)} = (function () {${asBody(text)}\nreturn { ${exported.join(', ')} }; })();`;
}

/** A module without its imports and exports. */
function asBody(text: string): string {
  return text
    .replaceAll(
      /^import ({[^}]*}) from '\.\/([\w-]+)\.ts';$/gm,
      (_all, names: string, from: string) => `const ${names} = ${scopeOf(from)};`,
    )
    .replaceAll(/^import ({[^}]*}) from '(node:[\w/]+)';$/gm, "const $1 = require('$2');")
    .replaceAll(/^import [^;]*;$/gm, '')
    .replaceAll(/^export /gm, '')
    .replaceAll('import.meta.dirname', '__dirname');
}

/** Files of `guest/context` as one strict scope. @param result what the scope gives */
async function scopes(names: readonly string[], result: string): Promise<string> {
  const texts = await Promise.all(names.map(async (name) => asScope(name, await plain(path.join(GUEST, 'context', `${name}.ts`)))));
  return `'use strict';\n${texts.join('\n')}\nreturn ${result};`;
}

/** A CommonJS file as an expression that gives its exports. */
function asExpression(text: string, requires = '() => ({})'): string {
  return `(function () { const module = { exports: {} }; (function (module, exports, require) {${text}\n})(module, module.exports, ${requires}); return module.exports; })()`;
}

async function libraries(): Promise<Readonly<Record<string, string>>> {
  const read = async (file: string): Promise<string> => readFile(file, 'utf8');
  const [luxon, buffer, base64, ieee754, acorn] = await Promise.all([
    read(require.resolve('luxon')),
    read(require.resolve('buffer/')),
    read(require.resolve('base64-js')),
    read(require.resolve('ieee754')),
    read(require.resolve('acorn')),
  ]);
  const parts = `(name) => name === 'base64-js' ? ${asExpression(base64)} : ${asExpression(ieee754)}`;
  return {
    context: `(function () { ${await scopes(CONTEXT_FILES, 'from_entry.open')} })()`,
    extras: `(function (from_core, from_state_value) { const from_state = { state: from_state_value }; ${await scopes(EXTRA_FILES, 'from_extras.install')} })`,
    luxon: asExpression(luxon),
    buffer: asExpression(buffer, parts),
    acorn: asExpression(acorn),
  };
}

/** A program of `guest` as one file: every module that is loaded apart costs a start a millisecond. */
async function program(modules: readonly string[], main: string): Promise<string> {
  const texts = await Promise.all(modules.map(async (name) => asScope(name, await plain(path.join(GUEST, `${name}.ts`)))));
  return `'use strict';\n${texts.join('\n')}\n(async function () {${asBody(await plain(path.join(GUEST, `${main}.ts`)))}\n})();\n`;
}

async function writeFiles(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'python'));
  await writeFile(path.join(folder, 'main.cjs'), await program(MAIN_FILES, 'main'));
  await writeFile(path.join(folder, 'probe.cjs'), await program(['channel'], 'probe'));
  for (const [name, text] of Object.entries(await libraries())) await writeFile(path.join(folder, `${name}.js`), text);
  await copyFile(path.join(GUEST, 'harness.py'), path.join(folder, 'python', 'harness.py'));
}

await writeFiles(process.argv[2] ?? '');
