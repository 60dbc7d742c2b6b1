import { sketchDocument } from '../../../packages/testing/src/documents.ts';
import { drive } from './drive.ts';
import { chain, ladder, LISTS, star, starved } from './graphs.ts';
import { BareRun, compiled, planOf, type Sketch } from './ground.ts';

/** One measured number and what it may be at most. */
export interface Row {
  /** What was measured, with its unit. */
  readonly metric: string;
  readonly value: number;
  readonly cap: number;
}

const GRAPHS: readonly ((count: number) => Sketch)[] = [chain, star, ladder, starved];
const NODES = 1000;
const ITEMS = 100_000;
const TRIES = 7;

/** CPU of this process so far, its collector's threads included, in ms: what holds on a busy machine. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function medianCpuMs(work: () => unknown): Promise<number> {
  // The first ones compile code.
  for (let count = 0; count < 2; count++) await work();
  const costs: number[] = [];
  for (let count = 0; count < TRIES; count++) {
    const before = cpuMs();
    await work();
    costs.push(cpuMs() - before);
  }
  return medianOf(costs);
}

/** The worst of several graphs. */
async function worst(measure: (sketch: Sketch) => Promise<number>): Promise<number> {
  const costs: number[] = [];
  for (const graph of GRAPHS) costs.push(await measure(graph(NODES)));
  return Math.max(...costs);
}

function compileMs(sketch: Sketch): Promise<number> {
  const document = sketchDocument('Bench', sketch.nodes, sketch.edges);
  return medianCpuMs(() => compiled(document));
}

async function advanceUs(sketch: Sketch): Promise<number> {
  const { skeleton } = planOf(sketch);
  let events = 0;
  // A skeleton comes anew with each segment: what is derived from it is part of the price.
  const ms = await medianCpuMs(() => {
    ({ events } = drive(structuredClone(skeleton)));
  });
  return (ms * 1000) / events;
}

async function pureNodeMs(nodes: number): Promise<number> {
  const plan = planOf(chain(nodes + 1));
  const runs = Math.ceil(2000 / nodes);
  const ms = await medianCpuMs(async () => {
    for (let count = 0; count < runs; count++) await new BareRun(plan).run([{ n: 1 }]);
  });
  return ms / runs / nodes;
}

/** CPU of the thread that runs the nodes, in ms: the time that it takes on an idle core. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The longest that the thread worked without letting others go on, in ms of its CPU. */
async function longestStallMs(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = threadMs();
  let isOver = false;
  const turn = (): void => {
    const now = threadMs();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  turn();
  return longest;
}

/** 100,000 items through three nodes: CPU per item and node, time from end to end, longest stall of the event loop. */
async function lists(): Promise<{ readonly usPerItem: number; readonly endToEndMs: number; readonly stallMs: number }> {
  const plan = planOf(LISTS);
  const items = Array.from({ length: ITEMS }, (_, n) => ({ n, email: `jane${n}@acme.com`, name: 'Jane Doe' }));
  const times: number[] = [];
  const cpu = await medianCpuMs(async () => {
    const before = threadMs();
    await new BareRun(plan).run(items);
    times.push(threadMs() - before);
  });
  const stalls: number[] = [];
  for (let count = 0; count < TRIES; count++) stalls.push(await longestStallMs(() => new BareRun(plan).run(items)));
  return { usPerItem: (cpu * 1000) / ITEMS / 3, endToEndMs: medianOf(times), stallMs: medianOf(stalls) };
}

/** What the engine costs in this process, without Postgres and Temporal. */
export async function measureInProcess(): Promise<readonly Row[]> {
  const { usPerItem, endToEndMs, stallMs } = await lists();
  return [
    { metric: 'compile a graph of 1,000 nodes, ms CPU', value: await worst(compileMs), cap: 100 },
    { metric: 'advance by one event in 1,000 nodes, µs CPU', value: await worst(advanceUs), cap: 50 },
    { metric: 'a pure node in a run of 5, ms CPU', value: await pureNodeMs(5), cap: 0.1 },
    { metric: 'a pure node in a run of 100, ms CPU', value: await pureNodeMs(100), cap: 0.1 },
    { metric: 'an item in a pure node, of 100,000, µs CPU', value: usPerItem, cap: 3 },
    { metric: '100,000 items through edit → filter → aggregate, ms of the thread', value: endToEndMs, cap: 2500 },
    { metric: 'longest stall of the event loop meanwhile, ms of the thread', value: stallMs, cap: 50 },
  ];
}
