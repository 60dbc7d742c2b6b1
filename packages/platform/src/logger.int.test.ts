import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Linux: every write to it fails as on a full disk. */
const FULL = '/dev/full';

const PROGRAM = `
  const { createLogger } = await import(${JSON.stringify(new URL('./logger.ts', import.meta.url).href)});
  const log = createLogger({ level: 'info', name: 'test' });
  for (let n = 0; n < 100; n++) log.info({ n }, 'this cannot be written');
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.exit(7);
`;

it.skipIf(!existsSync(FULL))('a log that cannot be written does not end the process', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], { stdio: ['ignore', openSync(FULL, 'w'), 'ignore'] });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(7);
});
