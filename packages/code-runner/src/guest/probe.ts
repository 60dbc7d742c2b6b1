/**
 * Tries the walls from inside, without Node's permission model unless the launch has it, and says what happened.
 * Arguments: the folder of packages, what to try, then what the runner set up to be reached.
 */
import { spawnSync } from 'node:child_process';
import { openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { writeFrame } from './channel.ts';

const [, , , what = '', portText = '0', canary = '', pidText = '0'] = process.argv;

interface Tried {
  readonly name: string;
  readonly done: boolean;
  readonly how: string;
}

/** Tries one thing; what it throws is the wall. */
function attempt(name: string, action: () => unknown): Tried {
  try {
    return { name, done: true, how: String(action()).slice(0, 60) };
  } catch (thrown) {
    return { name, done: false, how: thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown).slice(0, 60) };
  }
}

function say(wall: string, tried: readonly Tried[]): void {
  const how = tried.map(({ name, how: seen }) => `${name}: ${seen}`).join('; ');
  writeFrame('P', JSON.stringify({ wall, holds: tried.every(({ done }) => !done), how }));
}

const all = (actions: Readonly<Record<string, () => unknown>>): readonly Tried[] =>
  Object.entries(actions).map(([name, action]) => attempt(name, action));

function spawned(): unknown {
  const { error, status } = spawnSync(process.execPath, ['-e', '0']);
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`status ${String(status)}`);
  return 'a process ran';
}

/** Writes a file, and takes it away again: where the wall is missing nothing stays. */
function written(path: string, content: Buffer | string = ''): string {
  writeFileSync(path, content);
  rmSync(path);
  return 'written';
}

/** Fills the folder for temporary files until it is full. */
function filled(): unknown {
  const part = Buffer.alloc(8 * 1024 * 1024);
  const names = Array.from({ length: 16 }, (_, index) => `/tmp/millwright-probe-${process.pid}-${index}`);
  try {
    for (const name of names) writeFileSync(name, part);
    return '128 MiB written';
  } finally {
    for (const name of names) rmSync(name, { force: true });
  }
}

async function reach(): Promise<{ done: boolean; how: string }> {
  return new Promise((resolve) => {
    try {
      const socket = connect({ host: '127.0.0.1', port: Number(portText) });
      socket.once('connect', () => {
        resolve({ done: true, how: 'connected' });
      });
      socket.once('error', (fault: NodeJS.ErrnoException) => {
        resolve({ done: false, how: fault.code ?? fault.message });
      });
    } catch (thrown) {
      resolve({ done: false, how: String(thrown).slice(0, 60) });
    }
  });
}

async function probeOutside(): Promise<void> {
  say('network', [{ name: 'connect to a listener of this machine', ...(await reach()) }]);
  say(
    'files',
    all({ canary: () => readFileSync(canary, 'utf8'), passwd: () => readFileSync('/etc/passwd').length, home: () => readdirSync('/home') }),
  );
  say('read-only root', all({ root: () => written('/millwright-probe'), runner: () => written(`${import.meta.dirname}/probe.txt`) }));
  const seen = (): unknown => {
    const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
    if (names.length === 0) throw new Error('no processes');
    return names.map((name) => readFileSync(`/proc/${name}/environ`).length);
  };
  const own = (): unknown => {
    // oxlint-disable-next-line node/no-process-env -- the probe reads no setting: it looks whether the environment is empty
    const names = Object.keys(process.env).filter((name) => name !== 'PWD');
    if (names.length === 0) throw new Error('empty');
    return names;
  };
  say('environment', all({ own, 'of others': seen }));
  say('processes', all({ start: spawned }));
  say('other processes', all({ signal: () => process.kill(Number(pidText), 0) }));
  say('rights', all({ 'become root': () => process.setuid?.(0) ?? process.getuid?.() }));
  // That it is there says nothing: without a terminal it cannot be opened.
  say('terminal', all({ open: () => openSync('/dev/tty', 'r+') }));
  say('temporary files', all({ fill: filled }));
}

function probePermissions(): void {
  say(
    'permission model',
    all({ read: () => readFileSync('/etc/passwd').length, write: () => written('/var/millwright-probe'), start: spawned }),
  );
}

function fillMemory(): void {
  const parts: Buffer[] = [];
  say(
    'memory',
    all({
      '2 GiB of buffers': () => {
        for (let index = 0; index < 64; index++) parts.push(Buffer.alloc(32 * 1024 * 1024, 1));
        return `${parts.length} parts`;
      },
    }),
  );
}

if (what === 'outside') await probeOutside();
if (what === 'permissions') probePermissions();
if (what === 'memory') fillMemory();
writeFrame('H', '');
if (what === 'time') for (;;) Math.random();
process.exit(0);
