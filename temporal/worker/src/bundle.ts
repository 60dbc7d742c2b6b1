import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { messageOf } from '@millwright/core';
import type { Logger } from '@millwright/platform';

const require = createRequire(import.meta.url);

/** Our packages whose code is in the bundle. */
const SOURCES = [
  require.resolve('@millwright/temporal-workflows'),
  require.resolve('@millwright/temporal-protocol'),
  require.resolve('@millwright/core'),
];
/** Libraries that make it or are in it; all of the SDK has one version. */
const LIBRARIES = [require.resolve('@temporalio/worker'), require.resolve('@temporalio/common')];
const NAME = /^workflow-bundle-[0-9a-f]+\.js$/;

async function sourceFiles(): Promise<string[]> {
  const folders = SOURCES.map((entry) => path.dirname(entry));
  const lists = await Promise.all(
    folders.map((folder) => readdir(folder, { recursive: true }).then((names) => names.map((name) => path.join(folder, name)))),
  );
  return lists
    .flat()
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .toSorted();
}

/** Hash of everything that the bundle is made from. */
async function contentHash(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const library of LIBRARIES) hash.update(await readFile(path.join(path.dirname(library), '..', 'package.json')));
  for (const file of await sourceFiles()) hash.update(path.basename(file)).update(await readFile(file));
  return hash.digest('hex').slice(0, 32);
}

const PROGRAM = fileURLToPath(new URL('make-bundle.ts', import.meta.url));
/** Half a megabyte with SDK 1.24.0, and as much again of source map. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Bundles the workflow code in a process of its own; takes seconds. */
async function bundleWorkflows(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM], { maxBuffer: MAX_BYTES });
  return stdout;
}

/**
 * The workflow bundle, from the cache when the sources are the same, else made and cached.
 * A cache that cannot be written costs the next start its seconds, nothing else.
 * @param cacheDir folder of its own below the data folder; made when missing; other bundles in it are removed
 */
export async function loadWorkflowBundle(cacheDir: string, log: Logger): Promise<string> {
  const name = `workflow-bundle-${await contentHash()}.js`;
  const file = path.join(cacheDir, name);
  const cached = await readFile(file, 'utf8').catch(() => null);
  if (cached !== null) return cached;
  const code = await bundleWorkflows();
  try {
    await mkdir(cacheDir, { recursive: true });
    await writeFile(`${file}.${process.pid}`, code);
    await rename(`${file}.${process.pid}`, file);
    for (const other of await readdir(cacheDir))
      if (NAME.test(other) && other !== name) await rm(path.join(cacheDir, other), { force: true });
  } catch (failure) {
    log.warn({ detail: messageOf(failure) }, 'workflow bundle could not be cached');
  }
  return code;
}
