import { constants } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@millwright/platform';
import { TEMPORAL_VERSION } from '../version.ts';

/** The two programs, whichever way they came. */
export interface TemporalBinaries {
  readonly server: string;
  readonly sqlTool: string;
  readonly source: 'cache' | 'path' | 'archive' | 'go';
}

/** File names of the server and of the schema tool, in the cache, on PATH and in the release archive. */
export const SERVER_FILE = 'temporal-server';
export const SQL_TOOL_FILE = 'temporal-sql-tool';

/**
 * The folder of this version in a person's cache: it outlives the checkout.
 * @param env `XDG_CACHE_HOME` and `HOME` count
 */
export function temporalCacheDir(env: Environment): string {
  const cache = env['XDG_CACHE_HOME'] ?? join(env['HOME'] ?? homedir(), '.cache');
  return join(cache, 'millwright', `temporal-${TEMPORAL_VERSION}`);
}

/** Both programs in a folder, or nothing when one is missing. */
export async function binariesIn(folder: string, source: TemporalBinaries['source']): Promise<TemporalBinaries | undefined> {
  const found = { server: join(folder, SERVER_FILE), sqlTool: join(folder, SQL_TOOL_FILE), source };
  try {
    await Promise.all([found.server, found.sqlTool].map(async (file) => access(file, constants.X_OK)));
    return found;
  } catch {
    return undefined;
  }
}

/** A folder of our own beside the cache folder (same disk), removed afterwards; left-overs of dead attempts go too. */
export async function inWorkFolder<T>(cacheDir: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cacheDir, { recursive: true });
  await sweep(cacheDir);
  const folder = await mkdtemp(join(cacheDir, '.making-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const ABANDONED_AFTER_MS = 24 * 3_600_000;

async function sweep(cacheDir: string): Promise<void> {
  const names = (await readdir(cacheDir)).filter((name) => name.startsWith('.making-'));
  for (const folder of names.map((name) => join(cacheDir, name))) {
    const made = await stat(folder).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > ABANDONED_AFTER_MS) await rm(folder, { recursive: true, force: true });
  }
}

/** Puts two finished files in their place, each in one move, so that a reader never sees half a file and two makers may race. */
export async function placeBinaries(cacheDir: string, made: { readonly server: string; readonly sqlTool: string }): Promise<void> {
  for (const [from, name] of [
    [made.sqlTool, SQL_TOOL_FILE],
    [made.server, SERVER_FILE],
  ] as const) {
    await chmod(from, 0o755);
    await rename(from, join(cacheDir, name));
  }
}
