import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFreePorts } from '@millwright/platform';
import { eventually } from './eventually.ts';
import { ROOT } from './prepare.ts';

/** A whole install as `npm start` runs it: supervisor, watcher, Postgres, Temporal, server, on a data folder of its own. */
export interface Install {
  readonly url: string;
  readonly dataDir: string;
  /** Everything that was printed. */
  readonly output: () => string;
  /** Starts without waiting. */
  readonly launch: () => void;
  /** Starts and waits until `/readyz` says yes. */
  readonly start: () => Promise<void>;
  /** Sends a signal to the program that `npm start` runs. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves with the exit code when that program is gone. */
  readonly gone: () => Promise<number | null>;
  /** Processes that belong to this install, as `pid command`. Linux only. */
  readonly processes: () => readonly string[];
  /** Pids of what the supervisor keeps, by name: `postgres`, `temporal`, `server`. A restart changes them. */
  readonly pids: () => Readonly<Record<string, number>>;
  /** The environment of one of them: addresses and settings of this install. Linux only. */
  readonly environmentOf: (name: string) => Readonly<Record<string, string>>;
  /** Waits until `/readyz` says yes. @throws with all output when the program has ended */
  readonly ready: (withinMs?: number) => Promise<void>;
  /** Ends what is left and removes the data. */
  readonly remove: () => Promise<void>;
}

/** The environment and command line of a process; empty where it is gone or not ours to read. */
function traces(pid: string): { readonly command: string; readonly environment: string; readonly cwd: string } {
  try {
    return {
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
      environment: readFileSync(`/proc/${pid}/environ`, 'utf8'),
      cwd: readlinkSync(`/proc/${pid}/cwd`),
    };
  } catch {
    return { command: '', environment: '', cwd: '' };
  }
}

/** Every process but this one that names the folder in its command line, its environment or as its working folder. */
export function processesOf(folder: string): readonly string[] {
  if (!existsSync('/proc/self')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .map((pid) => ({ pid, ...traces(pid) }))
    .filter(({ command, environment, cwd }) => command !== '' && [command, environment, cwd].some((text) => text.includes(folder)))
    .map(({ pid, command }) => `${pid} ${command.slice(0, 160)}`);
}

/** Who the supervisor keeps now, from the file in which it writes that down. */
function keptBy(dataDir: string): Readonly<Record<string, number>> {
  const children = JSON.parse(readFileSync(path.join(dataDir, 'children.json'), 'utf8')) as readonly {
    readonly name: string;
    readonly pid: number;
  }[];
  return Object.fromEntries(children.map(({ name, pid }) => [name, pid]));
}

function environmentOf(pid: number | undefined): Readonly<Record<string, string>> {
  const pairs = traces(String(pid))
    .environment.split('\0')
    .filter((pair) => pair.includes('='));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

/** Prepares an install; nothing runs yet. */
export async function prepareInstall(env: Readonly<Record<string, string>> = {}): Promise<Install> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'millwright-install-'));
  const [port = 0] = await findFreePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const printed: string[] = [];
  let child: ChildProcess | null = null;
  const launch = (): void => {
    const own = { ...process.env, ...env, MILLWRIGHT_DATA: dataDir, MILLWRIGHT_PORT: String(port), MILLWRIGHT_LOG_LEVEL: 'warn' };
    child = spawn(process.execPath, ['apps/cli/src/main.ts', 'start'], { cwd: ROOT, env: own, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  };
  const gone = (): Promise<number | null> => {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return Promise.resolve(running?.exitCode ?? null);
    return new Promise((resolve) => running.once('exit', (code) => resolve(code)));
  };
  const ready = async (withinMs = 90_000): Promise<void> => {
    await eventually(async () => {
      if (child?.exitCode !== null) throw new Error(`the start ended with ${child?.exitCode}:\n${printed.join('')}`);
      return (await fetch(`${url}/readyz`)).ok;
    }, withinMs);
  };
  return {
    url,
    dataDir,
    output: () => printed.join(''),
    launch,
    start: async () => {
      launch();
      await ready();
    },
    signal: (name) => void child?.kill(name),
    gone,
    processes: () => processesOf(dataDir),
    pids: () => keptBy(dataDir),
    environmentOf: (name) => environmentOf(keptBy(dataDir)[name]),
    ready,
    remove: async () => {
      child?.kill('SIGTERM');
      await gone();
      for (const line of processesOf(dataDir)) {
        try {
          process.kill(Number(line.split(' ')[0]), 'SIGKILL');
        } catch {
          // It went by itself meanwhile.
        }
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
