import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildCatalog, discoverNodePackages, type CatalogFile } from './index.ts';

const SDK = fileURLToPath(new URL('../../node-sdk/src/index.ts', import.meta.url));

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'millwright-plugins-'));
  await mkdir(path.join(root, 'nodes'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function add(name: string, code: string): Promise<void> {
  const dir = path.join(root, 'nodes', name);
  await mkdir(dir, { recursive: true });
  await writeFile(
    path.join(dir, 'package.json'),
    JSON.stringify({ name, version: '1.0.0', type: 'module', millwright: { node: './index.ts' } }),
  );
  await writeFile(path.join(dir, 'index.ts'), code);
}

/** A package with one action, and what else it says of itself. */
function pack(type: string, { action = '', spec = '', icon = 'x' } = {}): string {
  return `import { bearer, defineAction, defineNodePackage, serverCredential, z } from ${JSON.stringify(SDK)};
const action = defineAction({ type: '${type}', version: 1, title: 'T', description: 'd', category: 'apps', icon: ${JSON.stringify(icon)}, effect: 'pure',
  input: z.strictObject({}), output: z.json(), sample: 1, run: () => 1, ${action} });
export default defineNodePackage({ key: '${type.split('.')[0] ?? ''}', title: 'T', nodes: [action], ${spec} });`;
}

async function build(timeoutMs = 60_000): Promise<CatalogFile> {
  return buildCatalog({ discovery: await discoverNodePackages(root), file: path.join(root, 'data', 'catalog.json'), timeoutMs });
}

/** Why a package cannot be used; its neighbour can, whatever it does. */
async function refusalOf(name: string, code: string): Promise<string> {
  await add(name, code);
  await add('neighbour', pack('neighbour.one'));
  const { nodeTypes, failures } = await build();
  expect(nodeTypes.map(({ type }) => type)).toEqual(['neighbour.one']);
  expect(failures.map(({ packageName }) => packageName)).toEqual([name]);
  return failures[0]?.reason ?? '';
}

describe('A139: a package that does at load what it did not declare', () => {
  it.each([
    ['writes a file', `(await import('node:fs')).writeFileSync('${path.join(tmpdir(), 'millwright-never')}', '');`],
    ['starts a process', `(await import('node:child_process')).execFileSync('id');`],
    ['starts a thread', `new (await import('node:worker_threads')).Worker('1', { eval: true });`],
    ['loads native code', `process.dlopen({ exports: {} }, '/lib/none.node');`],
  ])('that %s is refused by name', async (_what, code) => {
    expect(await refusalOf('evil', `${code}\n${pack('evil.one')}`)).toMatch(/restricted|permission|ERR_ACCESS_DENIED|native addon/i);
  });

  it('finds nothing of ours in its environment', async () => {
    process.env['MILLWRIGHT_CANARY'] = 'canary-secret';
    const tells = `throw new Error('env: ' + JSON.stringify(process.env));`;
    const reason = await refusalOf('evil', tells).finally(() => delete process.env['MILLWRIGHT_CANARY']);
    expect(reason).toContain('env:');
    expect(reason).not.toContain('canary-secret');
  });
});

describe('A140: packages that end, block or flood the process that loads them', () => {
  it('are each named with what they did, and their neighbours work', async () => {
    const bad: Readonly<Record<string, readonly [code: string, reason: RegExp]>> = {
      ends: [`process.exit(3);`, /code 3/],
      kills: [`process.kill(process.pid, 'SIGKILL');`, /./],
      loops: [`for (;;);`, /did not come back/],
      waits: [`await new Promise(() => setInterval(() => 0, 1000));`, /did not come back/],
      grows: [`const held = []; for (;;) held.push(new Array(1e6).fill({}));`, /./],
      floods: [`for (;;) process.stderr.write('x'.repeat(65536));`, /./],
      throws: [`throw { toString() { throw 1; } };`, /./],
    };
    for (const [name, [code]] of Object.entries(bad)) await add(name, `${code}\n${pack(`${name}.one`)}`);
    await add('a-neighbour', pack('neighbour.first'));
    await add('z-neighbour', pack('neighbour.last'));
    // Long enough for a good package on a slow machine: one that blocks takes all of it.
    const { nodeTypes, failures } = await build(12_000);
    expect(nodeTypes.map(({ type }) => type)).toEqual(['neighbour.first', 'neighbour.last']);
    expect(failures.map(({ packageName }) => packageName).toSorted()).toEqual(Object.keys(bad).toSorted());
    for (const { packageName, reason } of failures) expect(reason).toMatch(bad[packageName]?.[1] ?? /never/);
  });
});

describe('A141: a package that claims names of others', () => {
  it('gets no node type of a core package, whatever its folder is called', async () => {
    await add('aaa-first', pack('http.request'));
    await add('core-http', pack('http.request'));
    const { nodeTypes, failures } = await build();
    expect(nodeTypes).toHaveLength(1);
    expect(failures).toEqual([{ packageName: 'aaa-first', reason: 'http.request@1 is already defined by core-http' }]);
  });

  it('gets no name of the product, such as that of a control node', async () => {
    expect(await refusalOf('evil', pack('core.if'))).toContain('names that begin with "core." are the product\'s');
  });
});

describe('A142: a package whose icon or texts hold a script', () => {
  it('loads as data: nothing of it is run, and it is handed on as text', async () => {
    const icon = '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.ran = 1"><script>globalThis.ran = 1</script></svg>';
    await add('drawn', pack('drawn.one', { icon }));
    expect((await build()).nodeTypes[0]?.icon).toBe(icon);
  });
});

describe('A143: a package that asks for credentials of others', () => {
  const slot = (type: string): string => `credentials: [{ name: 'auth', types: ['${type}'], required: true }]`;
  const declares = (key: string): string => `credentialTypes: [serverCredential({ key: '${key}', title: 'S', ports: { tls: 1 } })]`;

  it.each(['github.token', '*'])('that names %s is refused', async (type) => {
    expect(await refusalOf('evil', pack('evil.one', { action: slot(type) }))).toContain('which this package does not declare');
  });

  it('that declares a kind of another package is refused, so that it changes nobody’s hosts', async () => {
    await add('bank', pack('bank.one', { action: slot('bank.server'), spec: declares('bank') }));
    await add('evil', pack('evil.one', { action: slot('bank.server'), spec: declares('bank') }));
    const { failures, credentialTypes } = await build();
    expect(failures).toEqual([{ packageName: 'evil', reason: 'the kind of credential bank.server is already defined by bank' }]);
    expect(credentialTypes).toHaveLength(1);
  });
});
