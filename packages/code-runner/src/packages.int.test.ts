import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callOf, HAS_BWRAP, openRunner, outcomeOf } from './testing.ts';
import type { CodeRunner } from './types.ts';

/** A folder as an admin makes it with `npm install --ignore-scripts`. */
async function writePackages(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'millwright-packages-'));
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  };
  await write('node_modules/greet/package.json', '{"name":"greet","main":"lib/index.js"}');
  await write(
    'node_modules/greet/lib/index.js',
    'const mark = require("mark"); const { deep } = require("./deep"); let count = 0; module.exports = { greet: (name) => mark(`Hello ${name}`), deep, count: () => ++count, isOurs: [] instanceof Array };',
  );
  await write('node_modules/greet/lib/deep.js', 'exports.deep = require("../data.json").value;');
  await write('node_modules/greet/data.json', '{"value":42}');
  await write('node_modules/mark/package.json', '{"name":"mark","exports":"./mark.js"}');
  await write('node_modules/mark/mark.js', 'module.exports = (text) => text + "!";');
  await write('node_modules/@scope/tool/package.json', '{"name":"@scope/tool","main":"index.js"}');
  await write('node_modules/@scope/tool/index.js', 'exports.__esModule = true; exports.default = "tool"; exports.named = "named";');
  await write('node_modules/emits/package.json', '{"name":"emits","main":"index.js"}');
  await write(
    'node_modules/emits/index.js',
    'const { EventEmitter } = require("events"); module.exports = () => new EventEmitter().listenerCount("x");',
  );
  await write('node_modules/reaches/package.json', '{"name":"reaches","main":"index.js"}');
  await write(
    'node_modules/reaches/index.js',
    'module.exports = [() => require("child_process"), () => require("/etc/passwd"), () => require("../../outside.js"), () => require("linked")].map((one) => { try { one(); return "reached"; } catch (thrown) { return "denied"; } });',
  );
  await write('outside.js', 'module.exports = 1;');
  await mkdir(path.join(folder, 'elsewhere'));
  await symlink('/usr/lib', path.join(folder, 'node_modules', 'linked'));
  return folder;
}

describe.each(['L1', 'L2'] as const)('packages of an admin at level %s', (level) => {
  let folder = '';
  let runner: CodeRunner;
  const isSkipped = level === 'L2' && !HAS_BWRAP;
  beforeAll(async () => {
    folder = await writePackages();
    if (!isSkipped) runner = await openRunner({ spares: 0, packagesFolder: folder, ...(level === 'L1' ? { bwrap: null } : {}) });
  });
  afterAll(async () => {
    await runner?.close();
    await rm(folder, { recursive: true, force: true });
  });
  const packages = ['greet', '@scope/tool', 'emits', 'reaches', 'absent', 'linked'];

  it.skipIf(isSkipped)('are loaded by require, with the packages that they need', async () => {
    const source = 'const { greet, deep, isOurs } = require("greet"); return { said: greet("Ada"), deep, isOurs }';
    const { items } = await runner.run(callOf(source, { packages }));
    expect(items[0]?.json).toEqual({ said: 'Hello Ada!', deep: 42, isOurs: true });
  });

  it.skipIf(isSkipped)('are loaded by import, static and dynamic, and lines stay', async () => {
    const source =
      'import tool, { named } from "@scope/tool";\nimport { greet as hello } from \'greet\';\nconst all = await import("greet");\nif (!all.default) throw 1;\nreturn { tool, named, said: hello("x"), has: typeof all.greet };';
    const { items } = await runner.run(callOf(source, { packages }));
    expect(items[0]?.json).toEqual({ tool: 'tool', named: 'named', said: 'Hello x!', has: 'function' });
    expect(await outcomeOf(runner, callOf('import { greet } from "greet";\n\nthrow new Error("here");', { packages }))).toMatchObject({
      details: { line: 3 },
    });
  });

  it.skipIf(isSkipped)('keep no state from call to call', async () => {
    const call = callOf('return { count: require("greet").count() }', { packages });
    for (let round = 0; round < 2; round++) expect((await runner.run(call)).items[0]?.json).toEqual({ count: 1 });
  });

  it.skipIf(isSkipped).each([
    ['mark', 'needed by another, but not on the list'],
    ['absent', 'on the list, but not installed'],
    ['linked', 'a link out of the folder'],
    ['linked/python3', 'a file behind a link'],
    ['greet/../../outside.js', 'a path out of node_modules'],
  ])('A34: %s is denied: %s', async (name) => {
    expect(await outcomeOf(runner, callOf(`require(${JSON.stringify(name)}); return []`, { packages }))).toMatchObject({
      code: 'code_package_denied',
    });
  });

  it.skipIf(isSkipped)('A34: a call without a list gets none', async () => {
    expect(await outcomeOf(runner, callOf('require("greet"); return []'))).toMatchObject({ code: 'code_package_denied' });
  });

  it.skipIf(isSkipped)('A34: what a package itself loads ends at the folder', async () => {
    const outcome = await outcomeOf(runner, callOf('return { tried: require("reaches") }', { packages }));
    expect(outcome).toMatchObject({ result: { items: [{ json: { tried: ['denied', 'denied', 'denied', 'denied'] } }] } });
  });

  it.skipIf(isSkipped)('A34: a module of Node needs to be on the list too', async () => {
    for (const name of ['fs', 'node:net', 'util'])
      expect(await outcomeOf(runner, callOf(`require("${name}"); return []`, { packages }))).toMatchObject({ code: 'code_package_denied' });
  });

  it.skipIf(isSkipped)('a package that needs a module of Node works behind walls only', async () => {
    const outcome = await outcomeOf(runner, callOf('return { count: require("emits")() }', { packages }));
    expect(outcome).toMatchObject(level === 'L2' ? { result: { items: [{ json: { count: 0 } }] } } : { code: 'code_package_denied' });
  });
});
