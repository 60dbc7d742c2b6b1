import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const PROGRAM = path.join(import.meta.dirname, 'write-guest-files.ts');

const PREFIX = 'millwright-code-';
/** Folders of a process in another container look ownerless from here: only what is old is taken for left behind. */
const LEFT_BEHIND_MS = 24 * 60 * 60_000;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** Removes folders of processes that were killed before they could. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const folder = path.join(tmpdir(), name);
    const found = await stat(folder).catch(() => undefined);
    if (found !== undefined && found.uid === process.getuid?.() && Date.now() - found.mtimeMs > LEFT_BEHIND_MS)
      await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the program of the sandbox into a folder of its own. @returns the folder; `remove` when done */
export async function writeGuest(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  // Nobody waits for it, and what cannot be removed stays.
  void sweep().catch(() => undefined);
  const remove = async (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await promisify(execFile)(process.execPath, ['--no-warnings', PROGRAM, folder], { env: {} });
  } catch (thrown) {
    await remove();
    throw thrown;
  }
  return { folder, remove };
}
