import { isJsonObject, MillwrightError } from '@millwright/core';
import type { Environment, Program } from '@millwright/platform';
import { KeptChild } from './children/kept-child.ts';
import { rotateLog, tailOf } from './children/log-file.ts';
import type { StartContext } from './context.ts';

/** The program that answers HTTP. It migrates its database itself and says over IPC when it is ready. */
export interface ServerProgram {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Told what the server says to the person at the terminal. Default: nobody is. */
  readonly notice?: (text: string) => void;
}

/** What the server is told about this install, by environment. */
export interface ServerSettings {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly port: number;
  readonly dataDir: string;
  /** The built web app. */
  readonly webDist: string;
}

/** What the server says over IPC: once `ready`, or once `failed`; `notice` is for the person at the terminal, at any time. */
export type ServerMessage =
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'ready'; readonly url: string }
  | { readonly type: 'failed'; readonly message: string; readonly hint?: string | undefined };

/** The server's environment: ours (so that a person's `MILLWRIGHT_*` reach it) and what this install decides. */
export function serverEnvironment(settings: ServerSettings, env: Environment): Environment {
  return {
    ...env,
    NODE_ENV: env['NODE_ENV'] ?? 'production',
    DATABASE_URL: settings.databaseUrl,
    TEMPORAL_ADDRESS: settings.temporalAddress,
    MILLWRIGHT_PORT: String(settings.port),
    MILLWRIGHT_DATA: settings.dataDir,
    MILLWRIGHT_ROLE: 'all',
    MILLWRIGHT_SUPERVISED: '1',
    MILLWRIGHT_WEB_DIST: settings.webDist,
  };
}

/** Runs are finished or handed back within this time; then the databases stop. */
const GRACE_MS = 8_000;
const READY_TIMEOUT_MS = 120_000;

/**
 * Starts the server and waits until it is ready.
 * @returns its URL
 * @throws MillwrightError `server_failed` with what it said itself, or the end of its log
 */
export async function startServer(
  context: StartContext,
  { notice = () => undefined, ...server }: ServerProgram,
  env: Environment,
): Promise<string> {
  const { log, signal } = context;
  const logFile = context.dataDir.logFile('server');
  await rotateLog(logFile);
  const ready = Promise.withResolvers<string>();
  // Whoever else fails first ends the start; this then has no reader.
  ready.promise.catch(() => undefined);
  const onMessage = (value: unknown): void => {
    const message = parseMessage(value);
    if (message?.type === 'notice') notice(message.text);
    if (message?.type === 'ready') ready.resolve(message.url);
    if (message?.type === 'failed')
      ready.reject(new MillwrightError({ code: 'server_failed', message: message.message, hint: message.hint }));
  };
  const program: Program = { name: 'server', ...server, env };
  const child = new KeptChild(program, { group: context.group, log, logFile, stopSignal: 'SIGTERM', graceMs: GRACE_MS, onMessage });
  context.lifecycle.onStop('server', async () => child.stop());
  const limit = setTimeout(() => {
    void tailOf(logFile).then((output) => {
      ready.reject(
        new MillwrightError({
          code: 'server_failed',
          message: `The server was not ready within ${READY_TIMEOUT_MS / 1000} s.`,
          hint: `Its log is ${logFile}.`,
          details: { output },
        }),
      );
    });
  }, READY_TIMEOUT_MS);
  signal.addEventListener('abort', () => {
    ready.reject(signal.reason);
  });
  try {
    return await context.stage('Starting the server', async () => {
      await child.start();
      return child.untilReady(ready.promise);
    });
  } finally {
    clearTimeout(limit);
  }
}

function parseMessage(value: unknown): ServerMessage | undefined {
  if (!isJsonObject(value)) return undefined;
  const { type, url, message, hint, text } = value;
  if (type === 'notice' && typeof text === 'string') return { type, text };
  if (type === 'ready' && typeof url === 'string') return { type, url };
  if (type === 'failed' && typeof message === 'string') return { type, message, hint: typeof hint === 'string' ? hint : undefined };
  return undefined;
}
