import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Pause between two looks, in ms. */
const LOOK_MS = 300;
const IGNORED = /(^|[\\/])(node_modules|dist|\.git)([\\/]|$)|\.test\.[jt]s$|~$|\.sw.$/;

/** Names, times and sizes of all sources below a folder, as one text. */
async function stateOf(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => !IGNORED.test(name)).toSorted();
  const states = await Promise.all(
    files.map(async (name) => {
      const found = await stat(path.join(folder, name)).catch(() => null);
      return found?.isFile() === true ? `${name} ${found.mtimeMs} ${found.size}` : '';
    }),
  );
  return states.join('\n');
}

/** All of them; a folder that is away for a moment counts as empty. */
async function stateOfAll(folders: readonly string[]): Promise<string> {
  const states = await Promise.all(folders.map((folder) => stateOf(folder).catch(() => '')));
  return states.join('\0');
}

/**
 * Calls back when sources below some folders have changed and then rested for one look; one call at a time. It looks instead of waiting for
 * word from the kernel, which loses files of folders that are new, and does not come from mounted ones.
 * @returns stops looking; resolves when the last call is over
 */
export async function watchSources(folders: readonly string[], onChange: () => Promise<void>): Promise<() => Promise<void>> {
  const state = { isOver: false, told: await stateOfAll(folders), seen: '' };
  state.seen = state.told;
  const looking = (async () => {
    while (!state.isOver) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const now = await stateOfAll(folders);
      const isAtRest = now === state.seen;
      state.seen = now;
      if (!isAtRest || now === state.told || state.isOver) continue;
      state.told = now;
      await onChange();
    }
  })();
  return async () => {
    state.isOver = true;
    await looking;
  };
}
