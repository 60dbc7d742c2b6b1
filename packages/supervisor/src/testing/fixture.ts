import { spawn, type ChildProcess } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePorts } from '@millwright/platform';

/** A supervisor that runs in another process. */
export interface StartedInstall {
  readonly process: ChildProcess;
  /** The first line that it prints with this field. */
  readonly said: (field: 'stage' | 'pids' | 'url' | 'failed', value?: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly exited: Promise<number | null>;
  readonly port: number;
}

/** An empty folder, and what removes it. */
export async function temporaryFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'millwright-supervisor-'));
  return { path, remove: async () => rm(path, { recursive: true, force: true, maxRetries: 10 }) };
}

/** Starts an install in its own process. */
export async function startInstall(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
  fixedPort?: number,
): Promise<StartedInstall> {
  const port = fixedPort ?? (await findFreePorts(1))[0] ?? 0;
  const script = fileURLToPath(new URL('./start-install.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const lines: Readonly<Record<string, unknown>>[] = [];
  let over = false;
  createInterface({ input: child.stdout })
    .on('line', (line) => {
      lines.push(JSON.parse(line) as Record<string, unknown>);
    })
    // Its end may be told before its last line is read.
    .once('close', () => {
      over = true;
    });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  return {
    process: child,
    exited,
    port,
    said: async (field, value) => {
      for (;;) {
        const found = lines.find((line) => field in line && (value === undefined || line[field] === value));
        if (found !== undefined) return found;
        if (over) throw new Error(`the supervisor ended and had said ${JSON.stringify(lines)}`);
        await sleep(20);
      }
    },
  };
}

/** Every process whose command line, working folder or environment names a folder. Linux only. */
export async function processesOf(folder: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const mine = await Promise.all(
    pids.map(async (pid) => {
      const texts = await Promise.all(['cmdline', 'environ'].map(async (file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')));
      return pid !== process.pid && texts.some((text) => text.includes(folder));
    }),
  );
  return pids.filter((_pid, index) => mine[index]);
}

/** Waits until a condition holds. */
export async function until(condition: () => Promise<boolean>, timeoutMs: number, what: string): Promise<void> {
  const deadlineAt = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadlineAt) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(50);
  }
}

/** Whether a process waits for a disk right now: then it is not gone even when killed. */
async function waitsForDisk(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('D');
}

const PROMISED_MS = 10_000;
const STALLED_MS = 60_000;

/**
 * Waits until nothing runs that names a folder, the promise of every end: within ten seconds, of which those do not count in which one of them
 * waits for a stalled disk. Returns what is left: nothing.
 */
export async function untilNothingRuns(folder: string): Promise<readonly number[]> {
  const startedAt = performance.now();
  let countedMs = 0;
  for (let lookedAt = startedAt; ;) {
    const left = await processesOf(folder);
    if (left.length === 0) return left;
    const isStalled = (await Promise.all(left.map(waitsForDisk))).includes(true);
    const now = performance.now();
    if (!isStalled) countedMs += now - lookedAt;
    lookedAt = now;
    if (countedMs > PROMISED_MS || now - startedAt > STALLED_MS) throw new Error(`${left.length} processes of ${folder} are still there`);
    await sleep(50);
  }
}
