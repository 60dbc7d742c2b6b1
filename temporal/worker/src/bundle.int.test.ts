import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger } from '@millwright/platform';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadWorkflowBundle } from './bundle.ts';

/** What the bundle holds of ours: a new line here costs every run, so it needs a reason. */
const OURS = [
  'packages/core/src/errors.ts',
  'packages/core/src/ids.ts',
  'packages/core/src/index.ts',
  'packages/core/src/json.ts',
  'packages/core/src/time.ts',
  'temporal/protocol/src/index.ts',
  'temporal/protocol/src/names.ts',
  'temporal/protocol/src/run-graph.ts',
  'temporal/protocol/src/workspace-tag.ts',
  'temporal/workflows/src/failure-converter.ts',
  'temporal/workflows/src/index.ts',
  'temporal/workflows/src/payload-converter.ts',
  'temporal/workflows/src/remote-calls.ts',
  'temporal/workflows/src/run-graph.ts',
  // The loop apart from Temporal, so that simulations play the same one.
  'temporal/workflows/src/run-segments.ts',
  'temporal/workflows/src/sdk.ts',
];
const LIBRARIES = ['@temporalio/common', '@temporalio/workflow', 'long', 'ms', 'nexus-rpc'];
/** 553,047 with SDK 1.24.0. */
const CAP_BYTES = 640_000;

const log = createLogger({ level: 'error', name: 'tests' });
let cacheDir: string;
let code: string;

beforeAll(async () => {
  cacheDir = path.join(await mkdtemp(path.join(tmpdir(), 'millwright-bundle-')), 'cache');
  code = await loadWorkflowBundle(cacheDir, log);
});

afterAll(() => rm(path.dirname(cacheDir), { recursive: true, force: true }));

function modules(): string[] {
  return [...code.matchAll(/^\/\*\*\*\/ "([^"]+)"$/gm)].map((match) => match[1] ?? '');
}

it('holds our host, the protocol and core, and nothing else of ours', () => {
  const ours = modules().flatMap((name) => /(?:packages|temporal)\/[a-z-]+\/src\/.*\.ts$/.exec(name)?.[0] ?? []);
  expect(ours.toSorted()).toEqual(OURS);
});

it('holds of others only what the SDK itself brings: no schemas, no expressions, nothing of Node', () => {
  const packages = new Set(modules().flatMap((name) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1] ?? []));
  expect([...packages].toSorted()).toEqual(LIBRARIES);
  expect(modules().filter((name) => /(^|\/)node:|zod|luxon|acorn|expressions|executor/.test(name))).toEqual([]);
});

it('stays small: without its source map below the cap', () => {
  expect(Buffer.byteLength(code.replace(/\/\/# sourceMappingURL=.*$/s, ''))).toBeLessThan(CAP_BYTES);
});

it('comes from the cache while the sources are the same; others are removed', async () => {
  const [name = ''] = await readdir(cacheDir);
  await writeFile(path.join(cacheDir, 'workflow-bundle-0000.js'), 'old');
  await writeFile(path.join(cacheDir, name), 'from the cache');
  expect(await loadWorkflowBundle(cacheDir, log)).toBe('from the cache');
  await rm(path.join(cacheDir, name));
  expect(await loadWorkflowBundle(cacheDir, log)).toBe(code);
  expect(await readdir(cacheDir)).toEqual([name]);
});

it('a cache that cannot be written is no fault', async () => {
  const file = path.join(cacheDir, 'file');
  await writeFile(file, '');
  expect(await loadWorkflowBundle(path.join(file, 'below'), log)).toBe(code);
});
