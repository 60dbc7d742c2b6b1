/**
 * Installs the dependencies when they are missing or older than the lockfile. No dependency of its own: it runs
 * before anything is installed, on any Node from 20.19 on.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Where Node keeps our sources compiled. Without it every process loads the compiler that strips types: 30 MiB each, and a slower start.
 */
export const COMPILE_CACHE = path.join(homedir(), '.cache', 'millwright', 'compile');

const OLDEST = [20, 19];
const STAMP = path.join(ROOT, 'node_modules/.millwright-installed');

/** Ends the process with one sentence, no stack. */
export function giveUp(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  giveUp(
    `Millwright needs Node ${OLDEST.join('.')} or newer to set itself up; this is ${process.versions.node}. Install a newer Node and run the same command again.`,
  );
}

/** What the installed tree must answer to: the lockfile and the platform. */
function wanted() {
  const lock = readFileSync(path.join(ROOT, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

function installedStamp() {
  try {
    return readFileSync(STAMP, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Runs npm as it was started with, or as found on PATH, to its end. */
async function npm(words) {
  const script = process.env.npm_execpath;
  const inherited = script !== undefined && script.endsWith('.js') && existsSync(script);
  const command = inherited ? process.execPath : 'npm';
  const child = spawn(command, inherited ? [script, ...words] : words, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: !inherited && process.platform === 'win32',
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-10_000);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ status: 1, said: error.message }));
    child.on('close', (status) => resolve({ status, said }));
  });
}

/** Installs from the lockfile unless the tree already matches it; says how long it takes. */
export async function ensureInstalled() {
  checkNode();
  const stamp = wanted();
  if (installedStamp() === stamp && existsSync(path.join(ROOT, 'node_modules/.bin/node'))) return;
  const started = Date.now();
  process.stdout.write('Installing dependencies (once, about a minute) …\n');
  const ticker = setInterval(
    () => process.stdout.write(`Installing dependencies … ${Math.round((Date.now() - started) / 1000)} s\n`),
    10_000,
  );
  const run = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  clearInterval(ticker);
  if (run.status !== 0) {
    const reason = run.said.trim().split('\n').slice(-12).join('\n');
    giveUp(
      `The dependencies could not be installed:\n${reason}\nCheck the network, free disk space and write permission here, then run the same command again.`,
    );
  }
  writeFileSync(STAMP, `${stamp}\n`);
  process.stdout.write(`Dependencies installed in ${((Date.now() - started) / 1000).toFixed(0)} s.\n`);
}
