/**
 * `npm run bench:web`: what the web app costs with large workflows: a production build of its own, headless Chromium, the real server.
 * How: `scripts/bench/README.md`. Figures of CPU are those of the page's main thread; they hold on a busy machine.
 *
 * Options: `--only T1,T3` gates, `--nodes 200,1000,5000`, `--json FILE` writes the figures, `--dist FOLDER` measures an app that is built already.
 */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { drawn } from '../../../apps/web/e2e/large.ts';
import { describeMachine } from '../table.ts';
import { bytes } from './bytes.ts';
import { openGround, type Ground } from './ground.ts';
import { openMeter } from './meter.ts';
import { dragHundred, dragOne, panAndZoom, type Bench } from './motion.ts';
import { elements, memory, opening } from './opening.ts';
import { tidying } from './tidying.ts';
import { isFailure, webTable, type Measured, type WebRow } from './row.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    nodes: { type: 'string', default: '200,1000,5000' },
    json: { type: 'string' },
    dist: { type: 'string' },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const list = (text: string): readonly string[] => text.split(',').filter((part) => part !== '');
const only = list(values.only);
const isAsked = (...gates: readonly string[]): boolean => only.length === 0 || gates.some((gate) => only.includes(gate));
const measured: Measured[] = [];

function take(rows: readonly (WebRow & Pick<Measured, 'isWall'>)[]): void {
  const asked = rows.filter(({ gate }) => isAsked(gate)).map((row) => ({ ...row, load: loadavg()[0] ?? 0 }));
  measured.push(...asked);
  if (asked.length > 0) say(webTable(asked));
}

/** Gates that need an opened editor. */
const OPENED: readonly (readonly [gate: string, measure: (bench: Bench) => Promise<readonly WebRow[]>])[] = [
  ['T2', ({ page, nodes }) => elements(page, nodes)],
  ['T3', (bench) => dragOne(bench, say)],
  ['T4', (bench) => panAndZoom(bench, say)],
  ['T5', (bench) => dragHundred(bench, say)],
];

async function measureOpened(ground: Ground, nodes: number): Promise<void> {
  const { page, context } = await ground.open();
  try {
    await page.goto(`/workflows/${await ground.workflow(nodes)}`);
    await drawn(page);
    const bench = { page, meter: await openMeter(page), nodes };
    for (const [gate, measure] of OPENED) if (isAsked(gate)) take(await measure(bench));
  } finally {
    await context.close();
  }
}

async function run(): Promise<void> {
  const ground = await openGround(values.dist);
  try {
    for (const nodes of list(values.nodes).map(Number)) {
      if (isAsked('T1')) take(await opening(ground, nodes));
      if (isAsked(...OPENED.map(([gate]) => gate))) await measureOpened(ground, nodes);
      if (isAsked('T10') && nodes <= 1000) take(await tidying(ground, nodes));
      if (isAsked('T11') && nodes === 1000) take(await memory(ground, nodes));
    }
    if (isAsked('T12', 'T13')) take(await bytes(ground));
  } finally {
    await ground.close();
  }
}

say(describeMachine());
await run();
say(`\n${webTable(measured)}`);
if (values.json !== undefined) {
  const rows = measured.map(({ gate, nodes, metric, value, cap, better }): WebRow => ({ gate, nodes, metric, value, cap, better }));
  writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
}
process.exitCode = measured.length > 0 && !measured.some(isFailure) ? 0 : 1;
