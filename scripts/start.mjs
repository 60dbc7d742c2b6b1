/**
 * `npm start` and `npm run dev`: installs what is missing, then hands over to `millwright start` or `dev` on the Node that the lockfile pins.
 * Runs before anything is installed: only Node's own modules, and nothing that Node 20.19 does not know.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { COMPILE_CACHE, ensureInstalled, giveUp, ROOT } from './install.mjs';

const node24 = path.join(ROOT, 'node_modules/.bin/node');

/** The parent of a process and its name; nothing where /proc is missing or the process is gone. */
function parentOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return {
      name: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')),
      ppid: Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]),
    };
  } catch {
    return undefined;
  }
}

/** Calls back when npm, which runs us through a shell, is gone without a word. Started without npm, nobody is watched. */
function whenNpmDies(callback) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const first = { ppid: process.ppid, shell: parentOf(process.ppid) };
  const isShell = /^(da|ba|z)?sh$/.test(first.shell?.name ?? '');
  setInterval(() => {
    const orphaned = process.ppid !== first.ppid || (isShell && parentOf(process.ppid)?.ppid !== first.shell.ppid);
    if (orphaned) callback();
  }, 1_000).unref();
}

/**
 * Runs a program of ours on Node 24 until it ends, and ends with its code. Signals are passed on; the program sees by a pipe when this
 * process is killed outright.
 */
function run(script, args) {
  const child = spawn(node24, [path.join(ROOT, script), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, MILLWRIGHT_BOOTSTRAP_PIPE: '3' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  whenNpmDies(() => child.kill('SIGTERM'));
  child.on('error', (error) => giveUp(`Node 24 could not be run: ${error.message}\nRun \`npm ci\` and start again.`));
  child.on('close', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}

await ensureInstalled();
const [, , ...args] = process.argv;
run('apps/cli/src/main.ts', args[0] === 'dev' ? args : ['start', ...args]);
