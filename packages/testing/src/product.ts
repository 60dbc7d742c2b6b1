import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findFreePorts } from '@millwright/platform';
import pg from 'pg';
import { testCluster } from './cluster.ts';
import { ROOT } from './prepare.ts';

/** The whole server as a process of its own, on a database of its own beside other tests. */
export interface Product {
  readonly url: string;
  /** The database, as its owner. */
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** The environment of the server's process. */
  readonly env: NodeJS.ProcessEnv;
  /** The last lines that the server wrote. */
  readonly log: () => string;
  /** Of the server's process; a restart changes it. */
  readonly pid: () => number;
  /** Kills the process as the kernel would, without a word. */
  readonly kill: () => Promise<void>;
  /** Asks it to stop and waits. */
  readonly halt: () => Promise<void>;
  /** Starts it again on the same data. @param root another checkout, whose server it is from then on */
  readonly start: (root?: string) => Promise<void>;
  /** Freezes or continues the process (SIGSTOP, SIGCONT). */
  readonly signal: (name: 'SIGSTOP' | 'SIGCONT') => void;
  /** Stops everything and drops the database. */
  readonly remove: () => Promise<void>;
}

/** How long a server may take to say that it is ready, in ms. */
const READY_MS = 60_000;

/** Settings that a test may override. */
export interface ProductOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Temporal's address when it is not the shared one. */
  readonly temporalAddress?: string;
  /** Another product whose database, data folder and queues this process shares: one install, two processes. */
  readonly beside?: Product;
  /** The checkout whose server it is. Default: this one. */
  readonly root?: string;
  /** Postgres when it is not the shared one. */
  readonly adminUrl?: string;
}

async function onServer(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Starts the server's process and resolves when it said `ready`. */
export async function launch(env: NodeJS.ProcessEnv, lines: string[], root = ROOT): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['apps/server/src/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const keep = (chunk: Buffer): void => {
    lines.push(...chunk.toString().split('\n'));
    lines.splice(0, Math.max(0, lines.length - 400));
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const limit = setTimeout(() => reject(new Error(`the server was not ready in ${READY_MS} ms:\n${lines.join('\n')}`)), READY_MS);
  child.on('message', (message: { readonly type?: string; readonly message?: string; readonly text?: string }) => {
    // What the terminal of `millwright dev` shows.
    if (message.type === 'notice') keep(Buffer.from(message.text ?? ''));
    if (message.type === 'ready') resolve(undefined);
    if (message.type === 'failed') reject(new Error(`the server failed: ${message.message}`));
  });
  child.once('exit', (code, signal) => reject(new Error(`the server ended with ${code ?? signal}:\n${lines.join('\n')}`)));
  try {
    await promise;
  } finally {
    clearTimeout(limit);
  }
  return child;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await exit;
}

/** Starts the product for one test file. Call `remove` when done. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const cluster = options.adminUrl && options.temporalAddress ? null : testCluster();
  const adminUrl = options.adminUrl ?? cluster?.adminUrl ?? '';
  const { beside } = options;
  const name = beside ? new URL(beside.databaseUrl).pathname.slice(1) : `t_${randomBytes(5).toString('hex')}`;
  if (!beside) await onServer(adminUrl, `create database ${name}`);
  const dataDir = beside?.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'millwright-product-')));
  const [port = 0] = await findFreePorts(1);
  const databaseUrl = withDatabase(adminUrl, name);
  const lines: string[] = [];
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: options.temporalAddress ?? cluster?.temporalAddress ?? '',
    MILLWRIGHT_PORT: String(port),
    MILLWRIGHT_DATA: dataDir,
    MILLWRIGHT_QUEUE_PREFIX: name.replace('_', '-'),
    // Whoever tries a build of their own names its folder.
    MILLWRIGHT_WEB_DIST: process.env['MILLWRIGHT_WEB_DIST'] ?? path.join(ROOT, 'apps/web/dist'),
    MILLWRIGHT_LOG_LEVEL: 'warn',
    MILLWRIGHT_CACHE: path.join(ROOT, 'node_modules/.cache/millwright'),
    // As `npm start` has it: a third of the work of starting. Written by every server that may end in its own time.
    NODE_COMPILE_CACHE: path.join(ROOT, 'node_modules/.cache/millwright/compile'),
    ...options.env,
  };
  let root = options.root ?? ROOT;
  let child = await launch(env, lines, root);
  return {
    url: `http://127.0.0.1:${port}`,
    databaseUrl,
    dataDir,
    env,
    log: () => lines.join('\n'),
    pid: () => child.pid ?? 0,
    kill: () => ended(child, 'SIGKILL'),
    halt: () => ended(child, 'SIGTERM'),
    start: async (other = root) => {
      root = other;
      child = await launch(env, lines, root);
    },
    signal: (signal) => void child.kill(signal),
    remove: async () => {
      await ended(child, 'SIGKILL');
      if (beside) return;
      await onServer(adminUrl, `drop database if exists ${name} with (force)`);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
