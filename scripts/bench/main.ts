/**
 * `npm run bench`: what the product does under load, on a real install of its own, with the load generator in a process of its own.
 *
 * Beside the scenarios, only by name: `--only overload` (five times what the install carries), `--only soak` (20,000 runs, memory and rows),
 * `--only engine` (what the engine costs without Postgres and Temporal, and waiting runs after a kill), `--only code` (calls of code nodes),
 * `--only expressions` (what expressions cost, and weigh in a browser), `--only connectors` (what a declared action costs over a bare request).
 *
 * Options: `--only S1,S3` scenarios, `--connections 1,8,32`, `--seconds N` of load per measurement (default 15; S3 and S13 have their own),
 * `--runs N` of the soak, `--json FILE` writes the figures, `--profile DIR` writes CPU profiles of the Node processes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureCode } from './code.ts';
import { measureConnectors } from './connectors.ts';
import { measureInProcess, type Row } from './engine/figures.ts';
import { measureRecovery } from './engine/recovery.ts';
import { engineTable } from './engine/table.ts';
import { measureExpressions } from './expressions/figures.ts';
import { measureIdle } from './idle.ts';
import { measure, type Figures } from './measure.ts';
import { measureOverload } from './overload.ts';
import { SCENARIOS } from './scenarios.ts';
import { measureSoak } from './soak.ts';
import { openStand, type Stand } from './stand.ts';
import { describeMachine, tableOf } from './table.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const list = (text: string): readonly string[] => text.split(',').filter((part) => part !== '');

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    connections: { type: 'string', default: '1,8,32' },
    seconds: { type: 'string' },
    runs: { type: 'string', default: '20000' },
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
    // As `npm start` sets it (scripts/install.mjs).
    NODE_COMPILE_CACHE: path.join(homedir(), '.cache', 'millwright', 'compile'),
    ...(profile === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${path.resolve(profile)}` }),
  };
}

async function runAll(hoists: boolean): Promise<readonly Figures[]> {
  const only = list(values.only);
  const asked = SCENARIOS.filter((scenario) => scenario.hoists === hoists && (only.length === 0 || only.includes(scenario.name)));
  const isIdleAsked = !hoists && (only.length === 0 || only.includes('idle'));
  if (asked.length === 0 && !isIdleAsked) return [];
  const stand = await openStand(environment(hoists));
  const all: Figures[] = [];
  try {
    if (isIdleAsked) say(await measureIdle(stand));
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

/** Overload and soak, each on an install of its own, as shipped. @returns whether they hold */
async function runLong(): Promise<readonly boolean[]> {
  const only = list(values.only);
  const programs = [
    { name: 'overload', play: (stand: Stand) => measureOverload(stand, Number(values.seconds ?? 60)) },
    { name: 'soak', play: (stand: Stand) => measureSoak(stand, Number(values.runs)) },
  ];
  const held: boolean[] = [];
  for (const { name, play } of programs.filter((one) => only.includes(one.name))) {
    say(`\n${name}`);
    const stand = await openStand(environment(true));
    try {
      const { lines, holds } = await play(stand);
      for (const line of lines) say(line);
      held.push(holds);
    } finally {
      await stand.close();
    }
  }
  return held;
}

/** What the engine costs. */
async function runEngine(): Promise<readonly Row[]> {
  if (!list(values.only).includes('engine')) return [];
  const rows = [...(await measureInProcess())];
  const stand = await openStand(environment(true));
  try {
    rows.push(await measureRecovery(stand));
  } finally {
    await stand.close();
  }
  say(engineTable(rows));
  return rows;
}

/** What code nodes cost. */
async function runCode(): Promise<readonly Row[]> {
  if (!list(values.only).includes('code')) return [];
  const measured = await measureCode();
  say(engineTable(measured));
  return measured;
}

/** What expressions cost. */
async function runExpressions(): Promise<readonly Row[]> {
  if (!list(values.only).includes('expressions')) return [];
  const measured = await measureExpressions();
  say(engineTable(measured));
  return measured;
}

/** What declared actions cost. */
async function runConnectors(): Promise<readonly Row[]> {
  if (!list(values.only).includes('connectors')) return [];
  const measured = await measureConnectors();
  say(engineTable(measured));
  return measured;
}

say(describeMachine());
const rows = [...(await runEngine()), ...(await runCode()), ...(await runExpressions()), ...(await runConnectors())];
const held = await runLong();
const figures = [...(await runAll(false)), ...(await runAll(true))];
if (figures.length > 0) say(`\n${tableOf(figures)}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify([...figures, ...rows], null, 2)}\n`);
const isHeld = held.every(Boolean) && rows.every(({ value, cap }) => value <= cap);
const isWhole = figures.length + held.length + rows.length > 0 && figures.every((one) => one.errors === 0) && isHeld;
process.exitCode = isWhole ? 0 : 1;
