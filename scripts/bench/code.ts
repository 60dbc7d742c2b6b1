import { readdirSync, readFileSync } from 'node:fs';
import { createCodeRunner, type CodeCall, type CodeRunner } from '@millwright/code-runner';
import { createLogger } from '@millwright/platform';
import type { Row } from './engine/figures.ts';

/** Rounds per figure; the best one counts, since other programs only ever add time. */
const ROUNDS = 5;
const CALLS = 200;
const LARGE_CALLS = 10;
const ALONE_CALLS = 30;
const NS_PER_MS = 1e6;

const source = 'return $input.all().map((item) => ({ json: { ...item.json, done: item.json.name.length } }));';

/** An item of about 1 KB. */
const itemOf = (id: number): CodeCall['items'][number] => ({
  json: { id, name: `Ada ${id}`, address: { street: 'Main Street', numbers: [1, 2, 3] }, text: 'x'.repeat(900) },
});

const callOf = (count: number): CodeCall => ({
  workspaceId: 'ws_bench',
  projectId: 'default',
  language: 'javascript',
  mode: 'all',
  source,
  items: Array.from({ length: count }, (_, id) => itemOf(id)),
  data: { nowMs: 0, seed: 'bench' },
  timeoutMs: 60_000,
});

/** This process and everything below it. */
function tree(root: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): (readonly [pid: number, parent: number])[] => {
      try {
        const text = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(text.slice(text.lastIndexOf(')') + 4).split(' ')[0])]];
      } catch {
        // It ended while it was read.
        return [];
      }
    });
  const below = (pid: number): readonly number[] => [
    pid,
    ...parents.filter(([, parent]) => parent === pid).flatMap(([child]) => below(child)),
  ];
  return below(root);
}

/** CPU time of processes, all their threads, in ms. Linux only. */
function cpuMs(pids: readonly number[]): number {
  const ofThread = (pid: number, thread: string): number => {
    try {
      return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / NS_PER_MS;
    } catch {
      // It ended while it was read.
      return 0;
    }
  };
  return pids.flatMap((pid) => readdirSync(`/proc/${pid}/task`).map((thread) => ofThread(pid, thread))).reduce((sum, one) => sum + one, 0);
}

interface Round {
  readonly p50Ms: number;
  readonly cpuMs: number;
}

async function round(runner: CodeRunner, call: CodeCall, calls: number): Promise<Round> {
  const times: number[] = [];
  const pids = tree(process.pid);
  const before = cpuMs(pids);
  for (let count = 0; count < calls; count++) {
    const from = performance.now();
    await runner.run(call);
    times.push(performance.now() - from);
  }
  return { p50Ms: times.toSorted((one, other) => one - other)[calls >> 1] ?? 0, cpuMs: (cpuMs(pids) - before) / calls };
}

async function best(runner: CodeRunner, count: number, calls: number): Promise<Round> {
  const call = callOf(count);
  const rounds: Round[] = [];
  // A process serves 500 calls: fewer than that, so that no round pays for a new one.
  for (let number = 0; number <= ROUNDS; number++) {
    if (number > 0) await runner.run({ ...call, projectId: `p${number}` });
    rounds.push(await round(runner, { ...call, projectId: `p${number}` }, calls));
  }
  // The first round warms this process up.
  const counted = rounds.slice(1);
  return { p50Ms: Math.min(...counted.map(({ p50Ms }) => p50Ms)), cpuMs: Math.min(...counted.map(({ cpuMs: cpu }) => cpu)) };
}

/** The longest of calls in a row, each of which takes a spare and leaves it to be replaced. */
async function longestAlone(runner: CodeRunner): Promise<number> {
  let longest = 0;
  for (let count = 0; count < ALONE_CALLS; count++) {
    const from = performance.now();
    await runner.run({ ...callOf(1), oneShot: true });
    longest = Math.max(longest, performance.now() - from);
  }
  return longest;
}

/** What code nodes cost, with the strongest walls that this machine has. Caps: issue E, point 5. */
export async function measureCode(): Promise<readonly Row[]> {
  const runner = await createCodeRunner({ logger: createLogger({ level: 'warn', name: 'bench' }), maxProcesses: ROUNDS + 1 });
  try {
    const { level } = runner.status();
    const small = await best(runner, 1, CALLS);
    const large = await best(runner, 1_000, LARGE_CALLS);
    return [
      { metric: `code (${level}): warm call of one item of 1 KB, p50 ms`, value: small.p50Ms, cap: 1 },
      { metric: `code (${level}): warm call of one item of 1 KB, CPU ms of both sides`, value: small.cpuMs, cap: 1.2 },
      { metric: `code (${level}): call of 1,000 items of 1 KB, p50 ms`, value: large.p50Ms, cap: 20 },
      {
        metric: `code (${level}): longest of ${ALONE_CALLS} calls in a row with a process each, ms`,
        value: await longestAlone(runner),
        cap: 250,
      },
    ];
  } finally {
    await runner.close();
  }
}
