import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConnectorError, systemClock, TransientError, type JsonValue } from '@millwright/core';
import { createLogger } from '@millwright/platform';
import { createActivities, createRemoteActivities } from '@millwright/temporal-activities';
import { createDataConverter, createRunStarter, EagerStarts, type RunStarter } from '@millwright/temporal-client';
import { createExecutor, type Executor } from '@millwright/executor';
import { WAKE_SIGNAL } from '@millwright/temporal-protocol';
import type { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { advance } from '../../../packages/engine/src/advance/index.ts';
import { differences, JournalWriter, type Journal } from '../../../packages/engine/src/journals/journal.ts';
import { planOf, World } from '../../../packages/executor/src/segment/world.ts';
import { loadWorkflowBundle } from './bundle.ts';
import { connectTemporal } from './connect.ts';
import { createWorkers, type Workers } from './create-workers.ts';
import { readHistory } from './testing/history-json.ts';
import { replay, type NamedHistories } from './testing/replay.ts';
import { continued, controlScenarios, until, type Scenario } from './testing/scenarios.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../histories');
/** What the engine was told and said in the same runs. */
const JOURNALS = path.resolve(import.meta.dirname, '../../../packages/engine/journals');
/** `npm run histories:record -- <name>` sets it: the histories that this file makes are kept below that name. */
const RECORD = process.env['MILLWRIGHT_RECORD_HISTORIES'];

const key = randomBytes(32);
const dataConverter = createDataConverter({ keyIdFor: async (workspaceId) => `key_${workspaceId}`, keyFor: async () => key });
const [codec] = dataConverter.payloadCodecs ?? [];
const log = createLogger({ level: 'error', name: 'tests' });
const queuePrefix = `h${randomBytes(4).toString('hex')}-`;

const pure = () => new World(planOf({ a: 'test.set', b: 'test.set' }, ['t>a', 'a>b']));

function waiting(): World {
  return new World(planOf({ p: { type: 'core.wait', parameters: { amount: 1, unit: 'seconds' } }, w: 'test.write' }, ['t>p', 'p>w']));
}

function retrying(): World {
  const world = new World(
    planOf({ w: { type: 'test.write', settings: { retry: { maxAttempts: 3, initialMs: 600, jitter: 0 } } } }, ['t>w']),
  );
  let left = 2;
  world.behaviour['w'] = async (call) => {
    if (left-- > 0) throw new ConnectorError('transient', { code: 'busy', message: 'busy', details: { status: 503 } });
    return world.usual(call);
  };
  return world;
}

function asking(): World {
  const world = new World(planOf({ w: 'test.ask', b: 'test.set' }, ['t>w', 'w>b']));
  world.behaviour['w'] = async (call) => {
    await call.beforeSend('h');
    throw new TransientError({ code: 'database_unavailable', message: 'lost on the way' });
  };
  return world;
}

function long(): World {
  const world = new World(planOf({ a: 'test.read', b: 'test.read', c: 'test.read' }, ['t>a', 'a>b', 'b>c']));
  world.limits = { shortWaitMs: 0, segmentMs: 1 };
  world.behaviour['a'] = async (call) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return world.usual(call);
  };
  return world;
}

/** Two branches: one goes out, the other goes on here. */
function remote(): World {
  const world = new World(
    planOf({ slow: 'test.write', r: 'test.read', b: 'test.set', end: 'test.set' }, ['t>slow', 't>r', 'r>b', 'slow>end']),
  );
  world.remote = 'always';
  world.behaviour['slow'] = async (call) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return world.usual(call);
  };
  return world;
}

const scenarios: Readonly<Record<string, Scenario>> = {
  plain: { world: pure() },
  hoisted: { world: pure(), isHoisted: true },
  wait: { world: waiting() },
  retry: { world: retrying() },
  more: { world: long() },
  remote: { world: remote() },
  outage: { world: pure(), faults: 2 },
  question: {
    world: asking(),
    // Asked, woken for nothing, then canceled.
    beside: async (runId) => {
      const { world } = scenarios['question'] as Scenario;
      await until(() => world.row.waitsFor?.kind === 'outcome');
      await starter.wake(runId);
      await until(() => world.opened > 2);
      world.cancel();
      world.row.cancelRequested = true;
      await starter.wake(runId);
    },
  },
  ...(await controlScenarios()),
  ...(RECORD === undefined ? {} : { continued: continued(signal, eventsOf) }),
};

let connection: NativeConnection;
let workers: Workers;
let starter: RunStarter;
let cacheDir: string;
const executors = new Map<string, Executor>();
const worlds = new Map<string, World>();
const faults = new Map<string, number>();
const eagerStarts = new EagerStarts(systemClock);

async function signal(runId: string): Promise<void> {
  await connection.workflowService.signalWorkflowExecution({
    namespace: 'millwright',
    workflowExecution: { workflowId: runId },
    signalName: WAKE_SIGNAL,
  });
}

async function eventsOf(runId: string): Promise<number> {
  const found = await connection.workflowService.describeWorkflowExecution({ namespace: 'millwright', execution: { workflowId: runId } });
  return Number(found.workflowExecutionInfo?.historyLength ?? 0);
}

function executorOf(runId: string): Executor {
  const found = executors.get(runId);
  if (found === undefined) throw new Error(`no run ${runId}`);
  return found;
}

const executor = {
  joinFirst: (runId: Parameters<Executor['joinFirst']>[0]) => executorOf(runId).joinFirst(runId),
  runSegment: async (...[input, options]: Parameters<Executor['runSegment']>) => {
    const { runId } = input.header;
    const left = faults.get(runId) ?? 0;
    faults.set(runId, left - 1);
    if (left > 0) throw new TransientError({ code: 'database_unavailable', message: 'away' });
    const world = worlds.get(runId);
    if (world !== undefined) world.opened += 1;
    return executorOf(runId).runSegment(input, options);
  },
};

/** What is left of a run. */
interface Recorded {
  readonly history: JsonValue;
  readonly journal: Journal;
}

async function run({ world, items = [{}], isHoisted, faults: count, beside }: Scenario): Promise<Recorded> {
  const { runId } = world.header;
  const journal = new JournalWriter(advance);
  const own = createExecutor({ ...world.ports(world.process().process), advance: journal.advance });
  executors.set(runId, own);
  worlds.set(runId, world);
  faults.set(runId, count ?? 0);
  const { header, skeleton, trigger, openedAtMs, ...rest } = world.input(items);
  if (isHoisted) own.hoist({ header, skeleton, trigger, openedAtMs, ...rest }, Promise.resolve());
  const hoistedAt = isHoisted ? { hoistedAtMs: openedAtMs } : {};
  await starter.start({ v: 1, header, skeleton, trigger, ...hoistedAt }, { deadlineMs: 20_000 });
  await beside?.(runId, starter.wake);
  await until(async () => (await starter.describe(runId))?.status === 'completed');
  if (codec === undefined) throw new Error('there is no codec');
  return { history: await readHistory(connection, runId, codec), journal: { skeleton, entries: journal.entries } };
}

async function kept(): Promise<NamedHistories> {
  const names = (await readdir(FOLDER, { recursive: true })).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, JSON.parse(await readFile(path.join(FOLDER, name), 'utf8')) as JsonValue] as const)),
  );
}

beforeAll(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'millwright-histories-'));
  connection = await connectTemporal(inject('temporalAddress'), log);
  starter = createRunStarter({
    connection,
    namespace: 'millwright',
    queue: `${queuePrefix}rt`,
    dataConverter,
    eagerStarts,
    deadlineMs: 20_000,
  });
  workers = await createWorkers({
    connection,
    namespace: 'millwright',
    queues: ['rt', 'fx'],
    queuePrefix,
    activities: createActivities({ executor, eagerStarts }),
    remoteActivities: createRemoteActivities({ runNode: (input) => executorOf(input.header.runId).runNode(input) }),
    dataConverter,
    cacheDir,
    log,
  });
});

afterAll(async () => {
  await workers?.shutdown();
  await connection?.close();
  await rm(cacheDir, { recursive: true, force: true });
});

it('histories of earlier versions replay', async () => {
  const histories = await kept();
  expect(Object.keys(histories).length).toBeGreaterThan(RECORD === undefined ? 6 : -1);
  expect(await replay(await loadWorkflowBundle(cacheDir, log), histories)).toEqual([]);
});

it('a history that this version would not have made is told by its name', async () => {
  const [history] = Object.entries(await kept()).flatMap(([name, one]) => (path.basename(name) === 'wait.json' ? [one] : []));
  const other = JSON.parse(
    JSON.stringify(history ?? null).replaceAll(/"data":"([^"]*)"/g, (_whole, data: string) => {
      const text = Buffer.from(data, 'base64')
        .toString()
        .replace(/"untilMs":\d+}}$/, '"untilMs":null}}');
      return `"data":"${Buffer.from(text).toString('base64')}"`;
    }),
  ) as JsonValue;
  expect(await replay(await loadWorkflowBundle(cacheDir, log), { other })).toEqual([expect.stringContaining('other: ')]);
});

/** The bundle with one change. @throws when the text is not there exactly once */
function changed(code: string, find: string, replace: string): string {
  if (code.split(find).length !== 2) throw new Error(`the bundle holds this ${code.split(find).length - 1} times: ${find}`);
  return code.replace(find, () => replace);
}

it('a host of which a rule was changed no longer replays what was recorded', async () => {
  const code = await loadWorkflowBundle(cacheDir, log);
  const closeTask = 'await ports.sleep(CLOSE_TASK_MS);';
  const join = 'let hoisted = await joinHoisted(input, ports);';
  const oneTimerMore = changed(code, join, `${closeTask}${join}`);
  const histories = await kept();
  expect((await replay(oneTimerMore, histories)).length).toBe(Object.keys(histories).length);
  const unclosedTask = changed(code, `${closeTask}\n                break;`, 'break;');
  const broken = (await replay(unclosedTask, histories)).map((line) => path.basename(line.split(':')[0] ?? '', '.json'));
  expect(new Set(broken)).toContain('more');
  expect(broken.length).toBeLessThan(Object.keys(histories).length);
});

it.each(Object.keys(scenarios))('what this version makes of a run replays: %s', async (name) => {
  const scenario = scenarios[name];
  if (scenario === undefined) throw new Error(name);
  const { history, journal } = await run(scenario);
  expect(differences(journal, advance)).toEqual([]);
  expect(await replay(await loadWorkflowBundle(cacheDir, log), { [name]: history })).toEqual([]);
  if (RECORD === undefined) return;
  for (const [folder, made] of [
    [FOLDER, history],
    [JOURNALS, journal],
  ] as const) {
    await mkdir(path.join(folder, RECORD), { recursive: true });
    await writeFile(path.join(folder, RECORD, `${name}.json`), `${JSON.stringify(made, null, 1)}\n`, { flag: 'wx' });
  }
});
