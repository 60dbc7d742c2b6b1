/**
 * Two real browsers edit one workflow of the real product at random, one of them offline for a while:
 * `npm run prove:editing -- --seconds 120 --seed 7`. A seed that failed fails again.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, ROOT } from './install.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '120' }, seed: { type: 'string', default: String(Date.now() % 100_000) } },
});
if (!/^\d+$/.test(values.seconds) || !/^\d+$/.test(values.seed) || Number(values.seconds) < 10) {
  process.stderr.write('--seconds takes a whole number from 10, --seed a whole number.\n');
  process.exit(2);
}
await ensureInstalled();
const bin = path.join(ROOT, 'node_modules/.bin');
const env = {
  ...process.env,
  PATH: `${bin}${path.delimiter}${process.env.PATH}`,
  MILLWRIGHT_EDITING_SECONDS: values.seconds,
  MILLWRIGHT_EDITING_SEED: values.seed,
};
const node = path.join(bin, 'node');
const run = (...args) => spawnSync(node, args, { cwd: ROOT, stdio: 'inherit', env }).status ?? 1;

const prepared = run('scripts/prepare-tests.ts');
if (prepared !== 0) process.exit(prepared);
process.stdout.write(`Two people edit one workflow for ${values.seconds} s, seed ${values.seed}.\n`);
process.exit(run('node_modules/vitest/vitest.mjs', 'run', '--project', 'browser', 'apps/web/e2e/random-edits.e2e.test.ts'));
