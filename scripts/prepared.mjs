import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, ROOT } from './install.mjs';

/**
 * Installs what a command of package.json needs on a fresh clone: the packages, and what `tools` names. Ends the process where that fails.
 * @param {'none' | 'tools' | 'tools-and-browser'} tools `tools`: the Temporal server and bubblewrap; the last has Chromium, too
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} the Node that the lockfile pins, and an environment that finds it
 */
export async function prepared(tools) {
  await ensureInstalled();
  const bin = path.join(ROOT, 'node_modules/.bin');
  const node = path.join(bin, 'node');
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  if (tools !== 'none') {
    const without = tools === 'tools' ? ['--without-browser'] : [];
    const run = spawnSync(node, ['scripts/prepare-tests.ts', ...without], { cwd: ROOT, stdio: 'inherit', env });
    if (run.status !== 0) process.exit(run.status ?? 1);
  }
  return { node, env };
}

/** Runs test files of ours on that Node and waits. @returns the code that they ended with */
export function runTests({ node, env }, words) {
  const run = spawnSync(node, [path.join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...words], { cwd: ROOT, stdio: 'inherit', env });
  return run.status ?? 1;
}
