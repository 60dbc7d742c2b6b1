/**
 * `npm run simulate`: plays random workflows in simulated worlds and looks for what must never be.
 *
 * Options: `--seeds N` (default 1,000), `--from K` the first (default 0), `--seed K` that one alone, `--only model,events,faults`
 * (default all). A seed that does not hold is printed with what was wrong, made small, and printed as a workflow that can be opened
 * on the canvas; the same seed fails again. Ends with code 1 then.
 */
import { parseArgs } from 'node:util';
import { toCanvas } from '../packages/testing/src/simulation/canvas.ts';
import { shrink } from '../packages/testing/src/simulation/shrink.ts';
import { findFailures, kindOf, play, seedsFrom, SIMULATIONS, type Failure } from '../packages/testing/src/simulation/simulations.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const slice = 1_000;
const most = 3;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const only = values.only.split(',').filter((name) => name !== '');
const simulations = SIMULATIONS.filter(({ name }) => only.length === 0 || only.includes(name));
const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
if (!Number.isInteger(first) || first < 0 || !Number.isInteger(count) || count < 1)
  throw new Error('--seeds, --from and --seed are whole numbers');
if (simulations.length === 0) throw new Error(`--only is one of ${SIMULATIONS.map(({ name }) => name).join(', ')}`);

async function tell({ simulation, scenario, wrong }: Failure): Promise<void> {
  say(
    `\nseed ${scenario.seed} does not hold (${simulation.name}); again: npm run simulate -- --seed ${scenario.seed} --only ${simulation.name}`,
  );
  for (const line of wrong.slice(0, 10)) say(`  ${line}`);
  const small = await shrink(scenario, async (smaller) => kindOf(await play(simulation, smaller)) === kindOf(wrong));
  say(
    `\nsmall: ${(small.document.nodes ?? []).length} nodes, items ${JSON.stringify(small.items)}, events ${JSON.stringify(small.events)}`,
  );
  for (const line of (await play(simulation, small)).slice(0, 10)) say(`  ${line}`);
  say(JSON.stringify(toCanvas(small), null, 2));
}

const began = performance.now();
let failed = 0;
for (let done = 0; done < count && failed < most; done += slice) {
  const size = Math.min(slice, count - done);
  const failures = await findFailures(seedsFrom(first + done, size), simulations, most - failed);
  failed += failures.length;
  for (const failure of failures) await tell(failure);
  const perSecond = Math.round(((done + size) * 1000) / (performance.now() - began));
  if (failed < most && size === slice) say(`${done + size} of ${count} seeds, ${perSecond} a second`);
}
const names = simulations.map(({ name }) => name).join(', ');
say(failed === 0 ? `${count} seeds from ${first} hold (${names})` : `${failed} seeds do not hold`);
process.exitCode = failed === 0 ? 0 : 1;
