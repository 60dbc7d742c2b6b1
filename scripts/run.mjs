/**
 * `node scripts/run.mjs [--tools | --tools-and-browser] FILE [ARGUMENT …]`: runs a script of ours on the Node that the lockfile pins, after
 * it has installed what is missing; with `--tools` also the Temporal server and bubblewrap, and Chromium with the last.
 * Behind the commands of package.json that nobody should have to prepare a fresh clone for.
 */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, ROOT } from './install.mjs';

const words = process.argv.slice(2);
const tools = words[0]?.startsWith('--tools') ? words.shift() : undefined;

await ensureInstalled();
const bin = path.join(ROOT, 'node_modules/.bin');
const node = path.join(bin, 'node');
const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
if (tools !== undefined) {
  const without = tools === '--tools' ? ['--without-browser'] : [];
  const prepared = spawnSync(node, ['scripts/prepare-tests.ts', ...without], { cwd: ROOT, stdio: 'inherit', env });
  if (prepared.status !== 0) process.exit(prepared.status ?? 1);
}
const [file = '', ...rest] = words;
const child = spawn(node, [path.join(ROOT, file), ...rest], { stdio: 'inherit', env });
// A terminal sends Ctrl-C to both; a signal to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => process.exit(code ?? 1));
