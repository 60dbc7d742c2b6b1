/**
 * Two real browsers edit one workflow of the real product at random, one of them offline for a while:
 * `npm run prove:editing -- --seconds 120 --seed 7`. A seed that failed fails again.
 */
import { parseArgs } from 'node:util';
import { prepared, runTests } from './prepared.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '120' }, seed: { type: 'string', default: String(Date.now() % 100_000) } },
});
if (!/^\d+$/.test(values.seconds) || !/^\d+$/.test(values.seed) || Number(values.seconds) < 10) {
  process.stderr.write('--seconds takes a whole number from 10, --seed a whole number.\n');
  process.exit(2);
}
const { node, env } = await prepared('tools-and-browser');
process.stdout.write(`Two people edit one workflow for ${values.seconds} s, seed ${values.seed}.\n`);
const asked = { MILLWRIGHT_EDITING_SECONDS: values.seconds, MILLWRIGHT_EDITING_SEED: values.seed };
process.exit(runTests({ node, env: { ...env, ...asked } }, ['--project', 'browser', 'apps/web/e2e/random-edits.e2e.test.ts']));
