/** A supervisor in a process of its own, for tests that kill it: `start-install.ts <dataDir> <port>`. Prints its pids once it is ready. */
import { fileURLToPath } from 'node:url';
import { createLogger } from '@millwright/platform';
import { supervise } from '../index.ts';

const [dataDir = '', port = ''] = process.argv.slice(2);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopping.abort();
  });
try {
  const install = await supervise({
    dataDir,
    port: Number(port),
    webDist: '/nowhere',
    env: process.env,
    log: createLogger({ level: 'warn', name: 'supervisor', destination: process.stderr }),
    server: { file: process.execPath, args: [fileURLToPath(new URL('./fake-server.mjs', import.meta.url))], cwd: dataDir },
    signal: stopping.signal,
    stage: async (label, work) => {
      process.stdout.write(`${JSON.stringify({ stage: label })}\n`);
      return work(() => undefined);
    },
  });
  process.stdout.write(`${JSON.stringify({ pids: install.pids(), url: install.url })}\n`);
  await new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  await install.stop();
  process.exit(0);
} catch (thrown) {
  process.stdout.write(`${JSON.stringify({ failed: thrown instanceof Error ? thrown.message : String(thrown) })}\n`);
  process.exit(1);
}
