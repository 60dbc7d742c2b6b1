/**
 * `npm run prove:fresh`: what a newcomer does, in a fresh clone with an empty home (npm's cache aside):
 * `npm start` → ready → stop → `npm test` green → no process left. Prints each stage with its time.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './install.mjs';

const place = mkdtempSync(path.join(tmpdir(), 'millwright-fresh-'));
const clone = path.join(place, 'clone');
const home = path.join(place, 'home');
const started = Date.now();
const say = (text) => process.stdout.write(`[${((Date.now() - started) / 1000).toFixed(1).padStart(7)} s] ${text}\n`);

function environment(port) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|MILLWRIGHT_|INIT_CWD|GOPATH|GOMODCACHE|GOCACHE|XDG_)/.test(name));
  // npm scripts put the checkout's own programs first on PATH; a newcomer's shell does not.
  const PATH = process.env.PATH.split(path.delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(path.delimiter);
  const cache = process.env.npm_config_cache ?? path.join(homedir(), '.npm');
  return { ...Object.fromEntries(kept), PATH, HOME: home, npm_config_cache: cache, MILLWRIGHT_PORT: String(port) };
}

/** Every process whose command line names the clone. */
function processesOfClone() {
  const own = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const cwd = execFileSync('readlink', [`/proc/${pid}/cwd`], { encoding: 'utf8' }).trim();
      if (Number(pid) !== process.pid && (command.includes(place) || cwd.startsWith(place))) own.push(`${pid} ${command.slice(0, 120)}`);
    } catch {
      // A process that ended meanwhile is none that was left.
    }
  }
  return own;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function untilReady(url, child) {
  for (let tries = 0; tries < 9000; tries++) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('npm start was not ready in 15 minutes');
}

function exitOf(child) {
  return child.exitCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
}

async function startAndStop(env, name) {
  const begin = Date.now();
  const child = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
  await untilReady(`http://127.0.0.1:${env.MILLWRIGHT_PORT}`, child);
  say(`${name}: ready after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  const stopping = Date.now();
  process.kill(-Number(child.pid), 'SIGINT');
  await exitOf(child);
  say(`${name}: stopped after ${((Date.now() - stopping) / 1000).toFixed(1)} s`);
}

try {
  mkdirSync(home);
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ROOT, clone]);
  const env = environment(await freePort());
  say('cloned');
  await startAndStop(env, 'first start');
  await startAndStop(env, 'second start');
  const left = processesOfClone();
  if (left.length > 0) throw new Error(`processes are left:\n${left.join('\n')}`);
  const test = spawn('npm', ['test'], { cwd: clone, env, stdio: 'inherit' });
  await exitOf(test);
  say(`npm test ended with ${test.exitCode}`);
  const after = processesOfClone();
  if (test.exitCode !== 0 || after.length > 0)
    throw new Error(`npm test: ${test.exitCode}; processes left: ${after.length}\n${after.join('\n')}`);
  say('a fresh clone works, and leaves no process');
} catch (thrown) {
  say(thrown.message);
  process.exitCode = 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}
