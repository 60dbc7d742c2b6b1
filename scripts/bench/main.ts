/**
 * `npm run bench`: what the product does under load, on a real install of its own, with the load generator in a process of its own.
 *
 * Options: `--only S1,S3` scenarios, `--connections 1,8,32`, `--seconds N` of load per measurement (default 15; S3 and S13 have their own),
 * `--json FILE` writes the figures, `--profile DIR` writes CPU profiles of the Node processes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureIdle } from './idle.ts';
import { measure, type Figures } from './measure.ts';
import { SCENARIOS } from './scenarios.ts';
import { openStand } from './stand.ts';
import { describeMachine, tableOf } from './table.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const list = (text: string): readonly string[] => text.split(',').filter((part) => part !== '');

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    connections: { type: 'string', default: '1,8,32' },
    seconds: { type: 'string' },
    json: { type: 'string' },
    profile: { type: 'string' },
  },
});

/** Settings of the install under load. */
function environment(hoists: boolean): Readonly<Record<string, string>> {
  const { profile } = values;
  if (profile !== undefined) mkdirSync(profile, { recursive: true });
  return {
    MILLWRIGHT_HOIST: hoists ? 'on' : 'off',
    ...(profile === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${path.resolve(profile)}` }),
  };
}

async function runAll(hoists: boolean): Promise<readonly Figures[]> {
  const only = list(values.only);
  const asked = SCENARIOS.filter((scenario) => scenario.hoists === hoists && (only.length === 0 || only.includes(scenario.name)));
  if (asked.length === 0) return [];
  const stand = await openStand(environment(hoists));
  const all: Figures[] = [];
  try {
    if (!hoists && (only.length === 0 || only.includes('idle'))) say(await measureIdle(stand));
    for (const scenario of asked) {
      say(`\n${scenario.name}: ${scenario.about}`);
      for (const connections of list(values.connections).map(Number)) {
        const { figures, notes } = await measure(stand, scenario, {
          connections,
          seconds: Number(values.seconds ?? scenario.seconds ?? 15),
        });
        all.push(figures);
        say(tableOf([figures]));
        for (const note of notes) say(`  ${note}`);
      }
    }
  } finally {
    await stand.close();
  }
  return all;
}

say(describeMachine());
const figures = [...(await runAll(false)), ...(await runAll(true))];
say(`\n${tableOf(figures)}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
process.exitCode = figures.length > 0 && figures.every((one) => one.errors === 0) ? 0 : 1;
