import { Socket } from 'node:net';
import { join } from 'node:path';
import { createLogger, createProgress } from '@millwright/platform';
import { supervise, type Install } from '@millwright/supervisor';
import { ROOT, type CliConfig } from './config.ts';
import { say, sayFailure } from './terminal.ts';
import { ensureWebBuilt } from './web-build.ts';

/** The server's program: TypeScript from source, on the Node that runs us. */
const SERVER = { file: process.execPath, args: [join(ROOT, 'apps/server/src/main.ts')], cwd: ROOT, notice: say };

/**
 * `millwright start`: everything on this machine, until Ctrl-C or the end of whoever started us.
 * @returns the exit code
 */
export async function start(config: CliConfig): Promise<number> {
  const startedMs = performance.now();
  const stopping = stopRequest(config.bootstrapPipe);
  const progress = createProgress(process.stdout);
  try {
    const webDist = await progress.stage('Building the web app', async (note) =>
      ensureWebBuilt({ root: ROOT, env: config.env, note, signal: stopping }),
    );
    const install = await supervise({
      server: SERVER,
      port: config.port,
      webDist,
      dataDir: config.dataDir,
      databaseUrl: config.databaseUrl,
      temporalAddress: config.temporalAddress,
      temporalMirror: config.temporalMirror,
      env: config.env,
      log: createLogger({ level: config.logLevel, name: 'supervisor', pretty: true }),
      stage: progress.stage,
      signal: stopping,
    });
    greet(install, performance.now() - startedMs, config);
    await aborted(stopping);
    say('\nStopping …');
    await install.stop();
    say('Stopped.');
    return 0;
  } catch (thrown) {
    if (stopping.aborted) {
      say('\nStopped before it was ready.');
      return 0;
    }
    sayFailure(thrown);
    return 1;
  }
}

function greet(install: Install, tookMs: number, { dataDir, env }: CliConfig): void {
  const followed =
    env['MILLWRIGHT_DEV'] === 'true' ? ['', '  Sources of node packages are followed: save a file, and it is in the editor.'] : [];
  say(
    [
      '',
      `Millwright is ready after ${(tookMs / 1000).toFixed(1)} s.`,
      '',
      `  Open ${install.url} and create the first owner.`,
      '',
      `  Data and logs: ${dataDir}`,
      '  Stop with Ctrl-C.',
      ...followed,
    ].join('\n'),
  );
}

/** Aborted by Ctrl-C, by a polite kill, by a closed terminal, and when the bootstrap is gone. */
function stopRequest(bootstrapPipe: number | undefined): AbortSignal {
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort(new Error('asked to stop'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (bootstrapPipe !== undefined) new Socket({ fd: bootstrapPipe }).on('close', stop).on('error', stop).resume().unref();
  return stopping.signal;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
