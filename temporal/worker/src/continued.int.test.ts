import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '@millwright/core';
import { createExecutor } from '@millwright/executor';
import { createLogger } from '@millwright/platform';
import { createActivities } from '@millwright/temporal-activities';
import { createDataConverter, createRunStarter, EagerStarts, type RunStarter } from '@millwright/temporal-client';
import { WAKE_SIGNAL } from '@millwright/temporal-protocol';
import type { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { planOf, World } from '../../../packages/executor/src/segment/world.ts';
import { loadWorkflowBundle } from './bundle.ts';
import { connectTemporal } from './connect.ts';
import { createWorkers, type Workers } from './create-workers.ts';
import { until } from './testing/scenarios.ts';

const NAMESPACE = 'millwright';
const ITEMS = 20;
/** What ships, and what this test runs with: it would take minutes otherwise. */
const SHIPPED = 'const CONTINUE_AS_NEW_EVENTS = 2000;';
const LOWERED = 'const CONTINUE_AS_NEW_EVENTS = 60;';

const key = randomBytes(32);
const dataConverter = createDataConverter({ keyIdFor: async (workspaceId) => `key_${workspaceId}`, keyFor: async () => key });
const log = createLogger({ level: 'error', name: 'tests' });
const queuePrefix = `c${randomBytes(4).toString('hex')}-`;
const eagerStarts = new EagerStarts(systemClock);

/** A loop that writes once per round; nearly each node run is a segment of its own. */
function looping(): World {
  const write = { type: 'test.write', parameters: { n: '{{ $json.n }}' } };
  const world = new World(planOf({ l: 'core.loop', w: write, end: write }, ['t>l', 'l.loop>w', 'w>l.back', 'l.done>end']));
  world.limits = { shortWaitMs: 0, segmentMs: 1 };
  world.behaviour['w'] = async (call) => {
    await new Promise((resolve) => setTimeout(resolve, 3));
    return world.usual(call);
  };
  return world;
}

const world = looping();
let connection: NativeConnection;
let workers: Workers;
let starter: RunStarter;
let cacheDir: string;

async function startOf(runId: string, execution?: string) {
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({
    namespace: NAMESPACE,
    execution: { workflowId: runId, ...(execution === undefined ? {} : { runId: execution }) },
  });
  return { events: history?.events?.length ?? 0, started: history?.events?.[0]?.workflowExecutionStartedEventAttributes };
}

/** Lengths of a run's histories, the last one first. */
async function histories(runId: string): Promise<readonly number[]> {
  const lengths: number[] = [];
  for (let execution: string | undefined; ;) {
    const { events, started } = await startOf(runId, execution);
    lengths.push(events);
    execution = started?.continuedExecutionRunId ?? '';
    if (execution === '') return lengths;
  }
}

beforeAll(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'millwright-continued-'));
  const code = await loadWorkflowBundle(cacheDir, log);
  if (code.split(SHIPPED).length !== 2) throw new Error('a history does not go on in another at 2,000 events');
  const [file = ''] = await readdir(cacheDir);
  await writeFile(path.join(cacheDir, file), code.replace(SHIPPED, LOWERED));
  connection = await connectTemporal(inject('temporalAddress'), log);
  const shared = { connection, namespace: NAMESPACE, dataConverter };
  starter = createRunStarter({ ...shared, queue: `${queuePrefix}rt`, eagerStarts, deadlineMs: 20_000 });
  const executor = createExecutor(world.ports(world.process().process));
  workers = await createWorkers({
    ...shared,
    queues: ['rt'],
    queuePrefix,
    activities: createActivities({ executor, eagerStarts }),
    cacheDir,
    log,
  });
});

afterAll(async () => {
  await workers?.shutdown();
  await connection?.close();
  await rm(cacheDir, { recursive: true, force: true });
});

it('what ships goes on in another history at 2,000 events', async () => {
  const shipped = await mkdtemp(path.join(tmpdir(), 'millwright-shipped-'));
  expect((await loadWorkflowBundle(shipped, log)).split(SHIPPED)).toHaveLength(2);
  await rm(shipped, { recursive: true, force: true });
});

it('a run over many histories does everything once and in order, though it is woken all the time', async () => {
  const { header, skeleton, trigger } = world.input(Array.from({ length: ITEMS }, (_, n) => ({ n })));
  const { runId } = header;
  await starter.start({ v: 1, header, skeleton, trigger }, { deadlineMs: 20_000 });
  let isOver = false;
  const wake = () =>
    connection.workflowService
      .signalWorkflowExecution({ namespace: NAMESPACE, workflowExecution: { workflowId: runId }, signalName: WAKE_SIGNAL })
      .catch(() => undefined);
  // By what has happened, not by a clock: on a slow machine a clock would put any number of signals into one segment.
  const waking = (async () => {
    for (let seen = -1; !isOver; await new Promise((resolve) => setTimeout(resolve, 5))) {
      if (seen === world.story.length) continue;
      seen = world.story.length;
      await wake();
      await wake();
    }
  })();
  await until(async () => (await starter.describe(runId))?.status === 'completed');
  isOver = true;
  await waking;

  expect(world.row.end?.status).toBe('succeeded');
  const lengths = await histories(runId);
  expect(lengths.length).toBeGreaterThan(3);
  // The last segment's events come on top of the limit.
  expect(Math.max(...lengths)).toBeLessThan(120);
  const sent = world.sent.filter(({ nodeId }) => nodeId === 'w');
  expect(sent.map(({ parameters }) => parameters['n'])).toEqual(Array.from({ length: ITEMS }, (_, n) => n));
  expect(world.sent.filter(({ nodeId }) => nodeId === 'end')).toHaveLength(ITEMS);
  expect(new Set(world.sent.map(({ key: sentKey }) => sentKey)).size).toBe(2 * ITEMS);
  const runs = world.story.filter((line) => line.startsWith('w:') || line.startsWith('l:'));
  expect(runs).toHaveLength(ITEMS + ITEMS + 1);
  expect(runs.every((line) => line.endsWith(' succeeded'))).toBe(true);
});
