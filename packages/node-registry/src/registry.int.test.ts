import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NodeTypeInfo } from '@millwright/workflow';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildCatalog, catalogOf, discoverNodePackages, loadCatalog, loadRunners } from './index.ts';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
const SDK = fileURLToPath(new URL('../../node-sdk/src/index.ts', import.meta.url));

let root: string;
let file: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'millwright-registry-'));
  file = path.join(root, 'data', 'catalog.json');
  await mkdir(path.join(root, 'nodes'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function addPackage(name: string, code: string, marks: unknown = { node: './index.ts' }): Promise<void> {
  const dir = path.join(root, 'nodes', name);
  await mkdir(dir, { recursive: true });
  await writeFile(
    path.join(dir, 'package.json'),
    JSON.stringify({ name: `@test/${name}`, version: '1.0.0', type: 'module', millwright: marks }),
  );
  await writeFile(path.join(dir, 'index.ts'), code);
}

function good(type: string, title = 'Title'): string {
  return `import { defineAction, defineNodePackage, z } from ${JSON.stringify(SDK)};
const action = defineAction({ type: '${type}', version: 1, title: '${title}', description: 'd', category: 'apps', icon: 'x', effect: 'pure', input: z.strictObject({}), output: z.json(), sample: 1, run: () => 1 });
export default defineNodePackage({ key: '${type.replace('.', '-')}', title: 'T', nodes: [action] });`;
}

async function build() {
  return buildCatalog({ discovery: await discoverNodePackages(root), file, timeoutMs: 8000 });
}

describe('the catalog', () => {
  it('says of connectors what their suites proved, and that others are not proved', async () => {
    await addPackage('proved', good('proved.one'));
    await addPackage('unproved', good('unproved.one'));
    await addPackage('core-thing', good('thing.one'));
    await addPackage('core-http', good('http.one'), { node: './index.ts', proof: {} });
    const proof = { badge: 'contract', scenariosPassed: 5, scenariosApplicable: 6, contractRequests: 12 };
    await writeFile(path.join(root, 'nodes', 'proved', 'proof.json'), JSON.stringify(proof));
    const none = { badge: 'none', scenariosPassed: 0, scenariosApplicable: 0, contractRequests: 0 };
    const counts = { title: 'T', actions: 1, triggers: 0 };
    expect((await build()).connectors).toEqual([
      { key: 'http-one', ...counts, ...none },
      { key: 'proved-one', ...counts, ...proof },
      { key: 'unproved-one', ...counts, ...none },
    ]);
  });

  it('says of a type that the install added it itself, unless its package comes with the product', async () => {
    await addPackage('acme', good('acme.one'));
    await addPackage('shipped', good('shipped.one'), { node: './index.ts', shipped: true });
    const { nodeTypes } = await build();
    expect(nodeTypes.map(({ type, own }) => [type, own])).toEqual([
      ['acme.one', true],
      ['shipped.one', undefined],
    ]);
    const { packages } = await discoverNodePackages(REPOSITORY, { tests: true });
    expect(packages.filter(({ isOwn }) => isOwn).map(({ name }) => name)).toEqual([]);
  });

  it('of the built-in packages holds them all, as data, and is read back with the control nodes', async () => {
    const catalog = await buildCatalog({ discovery: await discoverNodePackages(REPOSITORY), file });
    expect(catalog.failures).toEqual([]);
    expect(catalog.nodeTypes.map((info) => info.type).toSorted()).toEqual(
      expect.arrayContaining(['core.editFields', 'core.manual', 'core.webhook', 'http.request']),
    );
    const extra = { ...catalog.nodeTypes[0], type: 'core.if' } as NodeTypeInfo;
    const loaded = await loadCatalog(file, [extra]);
    for (const version of [1, 2])
      expect(loaded.get('http.request', version)).toEqual(
        catalog.nodeTypes.find((info) => info.type === 'http.request' && info.version === version),
      );
    expect(loaded.get('http.request', 3)).toBeUndefined();
    expect(loaded.get('core.if', 1)).toBe(extra);
    expect(loaded.all()).toHaveLength(catalog.nodeTypes.length + 1);
  });

  it('of a connector holds its kinds of credentials, as data and without functions', async () => {
    const discovery = await discoverNodePackages(REPOSITORY);
    const catalog = await buildCatalog({ discovery, file });
    const { credentialTypes } = catalog;
    expect(credentialTypes.find(({ type }) => type === 'github.oauth')).toMatchObject({
      connectorKey: 'github',
      auth: { kind: 'oauth2', tokenUrl: 'https://github.com/login/oauth/access_token' },
      hosts: ['api.github.com'],
      test: { request: { get: '/user' } },
    });
    const taken = catalog.nodeTypes.find(({ type }) => type === 'github.issue.create')?.credentials?.flatMap(({ types }) => types);
    expect(taken).toEqual(['github.oauth', 'github.token']);
    const runners = await loadRunners(discovery.packages);
    expect(runners.connector('github')?.options).toHaveProperty('repositories');
    expect(runners.connector('none')).toBeUndefined();
  });

  it('names each package that cannot be used, with the reason, and keeps the others', async () => {
    await addPackage('a-good', good('a.good'));
    await addPackage('b-throws', `throw new Error('no luck');`);
    await addPackage('c-none', `export const x = 1;`);
    await addPackage('d-exits', `process.exit(3);`);
    await addPackage('e-rules', good('e.rules', ' '));
    await addPackage('f-marks', '', { node: '../../etc/passwd' });
    await addPackage('g-twice', good('a.good'));
    await addPackage(
      'h-writes',
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(path.join(tmpdir(), 'never'))}, '');`,
    );
    await addPackage('z-good', good('z.good'));
    await addPackage('test-hidden', good('test.hidden'));
    const { nodeTypes, failures } = await build();
    expect(nodeTypes.map((info) => info.type)).toEqual(['a.good', 'z.good']);
    const reasons = Object.fromEntries(failures.map(({ packageName, reason }) => [packageName, reason]));
    expect(reasons['@test/b-throws']).toContain('no luck');
    expect(reasons['@test/c-none']).toContain('export default defineNodePackage');
    expect(reasons['@test/d-exits']).toContain('code 3');
    expect(reasons['@test/e-rules']).toContain('title is empty');
    expect(reasons['f-marks']).toContain('write the entry file');
    expect(reasons['@test/g-twice']).toContain('already defined by @test/a-good');
    expect(reasons['@test/h-writes']).toMatch(/restricted|permission/i);
    expect(failures).toHaveLength(7);
  });

  it('is written again only when sources changed, and whole', async () => {
    await addPackage('a-good', good('a.good'));
    const first = await build();
    const { mtimeMs } = await stat(file);
    expect(await build()).toEqual(first);
    expect((await stat(file)).mtimeMs).toBe(mtimeMs);
    await addPackage('a-good', good('a.good', 'Other'));
    expect((await build()).nodeTypes[0]?.title).toBe('Other');
    await writeFile(file, '{"format":1,"nodeTy');
    expect((await build()).nodeTypes).toHaveLength(1);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ format: 1 });
  });

  it('that is missing says so', async () => {
    await expect(loadCatalog(file, [])).rejects.toMatchObject({ code: 'catalog_missing' });
    expect(catalogOf([]).all()).toEqual([]);
  });
});

describe('runners', () => {
  it('are found by type and version; a broken package does not take others down', async () => {
    await addPackage('a-good', good('a.good'));
    await addPackage('b-throws', `throw new Error('no luck');`);
    const runners = await loadRunners((await discoverNodePackages(root)).packages);
    expect(runners.get('a.good', 1)?.info.title).toBe('Title');
    expect(runners.get('a.good', 2)).toBeUndefined();
    expect(runners.failures).toMatchObject([{ packageName: '@test/b-throws', reason: 'no luck' }]);
  });
});
