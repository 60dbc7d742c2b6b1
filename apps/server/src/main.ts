import { messageOf, MillwrightError } from '@millwright/core';
import { createLogger } from '@millwright/platform';
import { readConfig, readKeyConfig } from './config.ts';
import { rotateKeys } from './credentials/rotate-keys.ts';
import { startServer } from './server.ts';

/** Everything is stopped within this time after a signal; the servers below need the rest of the promised ten seconds. */
const STOP_MS = 8_000;

function tellSupervisor(message: object): void {
  process.send?.(message);
}

/** `main.ts keys rotate [root | workspaces]`: exchanges keys beside servers that run, and ends. */
async function runKeys(args: readonly string[]): Promise<void> {
  await rotateKeys(readKeyConfig(process.env), args, (line) => process.stdout.write(`${line}\n`));
  process.exit(0);
}

async function main(): Promise<void> {
  const [command, ...args] = process.argv.slice(2);
  if (command === 'keys') return runKeys(args);
  const config = readConfig(process.env);
  const log = createLogger({ level: config.MILLWRIGHT_LOG_LEVEL, name: 'server' });
  const server = await startServer(config, log);
  let stopping = false;
  const stop = (code: number): void => {
    if (stopping) return;
    stopping = true;
    void server.stop(STOP_MS).then((faults) => {
      for (const fault of faults) log.warn({ ...fault }, 'part did not stop in order');
      process.exit(code);
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(0));
  process.on('disconnect', () => stop(0));
  void server.failed.then((reason) => {
    log.error({ err: reason }, 'the server cannot go on and starts anew');
    stop(1);
  });
  tellSupervisor({ type: 'ready', url: config.publicUrl });
  log.info({ url: config.publicUrl, role: config.MILLWRIGHT_ROLE }, 'server is ready');
}

main().catch((thrown: unknown) => {
  const hint = thrown instanceof MillwrightError ? thrown.hint : undefined;
  tellSupervisor({ type: 'failed', message: messageOf(thrown), hint });
  process.stderr.write(`${messageOf(thrown)}${hint ? `\n${hint}` : ''}\n`);
  process.exit(1);
});
