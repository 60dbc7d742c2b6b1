import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { temporalCacheDir } from '@millwright/temporal-server';

/** A CalDAV server in Python, for tests: this version, with what it needs, below the user's cache. */
const WANTED = 'radicale==3.9.0';

/** Longer, and the registry is taken for away, in ms. */
const MOST_MS = 180_000;

/** Beside the other servers that tests run. */
function folderOf(env: NodeJS.ProcessEnv): string {
  return path.join(path.dirname(temporalCacheDir(env)), WANTED.replace('==', '-'));
}

/** The environment in which Python finds Radicale: in the cache first, else where the machine has it. */
export function radicaleEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const folder = folderOf(env);
  return existsSync(folder) ? { ...env, PYTHONPATH: folder } : env;
}

/** Whether Python finds it. */
export function hasRadicale(env: NodeJS.ProcessEnv = process.env): boolean {
  return spawnSync('python3', ['-c', 'import radicale'], { env: radicaleEnv(env) }).status === 0;
}

/**
 * Gets Radicale by pip where Python does not find it. Where there is no Python, no pip, or no registry that answers, it says so, and the tests
 * that need it are skipped.
 */
export function ensureRadicale(say: (text: string) => void, env: NodeJS.ProcessEnv = process.env): void {
  if (hasRadicale(env)) return;
  const folder = folderOf(env);
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  say(`Radicale: installing ${WANTED} by pip`);
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--only-binary',
    ':all:',
    '--retries',
    '1',
    '--target',
    part,
    WANTED,
  ];
  const { status, stderr } = spawnSync('python3', args, { env, encoding: 'utf8', timeout: MOST_MS });
  if (status === 0) {
    // Whole or not at all: another run may be looking.
    renameSync(part, folder);
    return;
  }
  rmSync(part, { recursive: true, force: true });
  const why = stderr?.trim().split('\n').at(-1) ?? 'there is no python3';
  say(`Radicale could not be installed (${why}): the tests of CalDAV against a real server are skipped`);
}
