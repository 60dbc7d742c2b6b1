import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram, type Environment, type ProgressNote } from '@millwright/platform';

/** What the web app is built from, relative to the checkout: its own folder and the packages that it imports. */
const SOURCES = ['apps/web', 'packages/contracts', 'packages/client', 'packages/workflow', 'packages/expressions', 'packages/core'];
const SKIPPED = new Set(['node_modules', 'dist', 'e2e', '.turbo']);
const STAMP = '.sources';

/** One hash over all that the build reads, the lockfile included. */
export async function hashWebSources(root: string): Promise<string> {
  const hash = createHash('sha256').update(await readFile(join(root, 'package-lock.json')));
  for (const source of SOURCES) await addFolder(root, source, hash);
  return hash.digest('hex');
}

async function addFolder(root: string, folder: string, hash: ReturnType<typeof createHash>): Promise<void> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (SKIPPED.has(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
    if (entry.isDirectory()) await addFolder(root, path, hash);
    else if (entry.isFile()) hash.update(`\0${path}\0`).update(await readFile(join(root, path)));
  }
}

/** What a build of the web app needs. */
export interface WebBuild {
  /** The checkout. */
  readonly root: string;
  readonly env: Environment;
  readonly note: ProgressNote;
  /** Ends the build. */
  readonly signal: AbortSignal;
}

/**
 * Builds the web app unless the last build was made from the same sources. The stamp is written last, so a build that broke off is repeated.
 * @returns the folder of the built app
 * @throws MillwrightError `program_failed` with the bundler's last lines
 */
export async function ensureWebBuilt({ root, env, note, signal }: WebBuild): Promise<string> {
  const web = join(root, 'apps/web');
  const dist = join(web, 'dist');
  const stamp = join(dist, STAMP);
  const sources = await hashWebSources(root);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === sources) return dist;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--outDir', dist, '--emptyOutDir', '--logLevel', 'warn'];
  note('bundling');
  await runProgram(
    { name: 'vite build', file: process.execPath, args, env: { ...env, NODE_ENV: 'production', NO_COLOR: '1' }, cwd: web },
    undefined,
    signal,
  );
  await writeFile(stamp, sources);
  return dist;
}
