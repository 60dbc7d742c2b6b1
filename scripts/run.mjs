/**
 * `node scripts/run.mjs [--tools | --tools-and-browser] FILE [ARGUMENT …]`: runs a script of ours on the Node that the lockfile pins, after
 * it has installed what is missing; with `--tools` also the Temporal server and bubblewrap, and Chromium with the last.
 * Behind the commands of package.json that nobody should have to prepare a fresh clone for.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './install.mjs';
import { prepared } from './prepared.mjs';

const words = process.argv.slice(2);
const tools = words[0]?.startsWith('--tools') ? words.shift().slice(2) : 'none';
const { node, env } = await prepared(tools);
const [file = '', ...rest] = words;
const child = spawn(node, [path.join(ROOT, file), ...rest], { stdio: 'inherit', env });
// A terminal sends Ctrl-C to both; a signal to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => process.exit(code ?? 1));
