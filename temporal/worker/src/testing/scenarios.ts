import { ConnectorError, newId, type JsonObject, type JsonValue } from '@millwright/core';
import { DecidingWorld } from '../../../../packages/executor/src/segment/deciding-world.ts';
import { planOf, World } from '../../../../packages/executor/src/segment/world.ts';

/** One recorded run. */
export interface Scenario {
  readonly world: World;
  /** What starts it. Default: one empty item. */
  readonly items?: readonly JsonValue[];
  readonly isHoisted?: boolean;
  /** Each is thrown once instead of a segment. */
  readonly faults?: number;
  /** What happens beside it. */
  readonly beside?: (runId: string, wake: (runId: string) => Promise<unknown>) => Promise<void>;
}

/** How long is waited for anything, ms: against hangs only, machines are busy. */
const PATIENCE_MS = 150_000;

/** Asks again until it is so. @throws when it never is */
export async function until(isThere: () => boolean | Promise<boolean>): Promise<void> {
  for (const endMs = performance.now() + PATIENCE_MS; performance.now() < endMs;) {
    if (await isThere()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not happen');
}

type Nodes = Parameters<typeof planOf>[0];
type Settings = Parameters<typeof planOf>[2];

/** A world whose segments are over after each call, so that the host has something to do. */
function world(nodes: Nodes, edges: readonly string[], settings?: Settings): World {
  return brief(new World(planOf(nodes, edges, settings)));
}

function brief<W extends World>(one: W): W {
  one.limits = { shortWaitMs: 0, segmentMs: 1 };
  for (const nodeId of ['w', 'v', 'u'])
    one.behaviour[nodeId] = async (call) => {
      await new Promise((resolve) => setTimeout(resolve, 3));
      return one.usual(call);
    };
  return one;
}

function failing<W extends World>(one: W, nodeId: string): W {
  one.behaviour[nodeId] = async () => {
    throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
  };
  return one;
}

const items = (count: number): readonly JsonObject[] => Array.from({ length: count }, (_, n) => ({ n }));
const byN = { type: 'test.write', parameters: { n: '{{ $json.n }}' } };
const inside = (parent: string) => ({ ...byN, parent });
const isZero = [{ left: '{{ $json.n }}', operator: 'equals', right: 0 }];

/** A run that goes on with one that failed. */
async function resumed(): Promise<World> {
  const plan = planOf({ w: byN, v: byN }, ['t>w', 'w>v']);
  const first = failing(new World(plan), 'v');
  await first.drive(items(2));
  const { runId, workspaceId, originDay, startedAtMs } = first.header;
  const resumes = { runId, originRunId: runId, originStartedAtMs: startedAtMs };
  const second = new World(plan, { runId: newId('run'), workspaceId, originDay, resumes });
  return brief(Object.assign(second, { store: first.store, blobs: first.blobs }));
}

function child(): Scenario {
  const nodes = { c: { type: 'core.callWorkflow', parameters: { workflow: 'wf_1' } }, w: byN };
  const one = brief(new DecidingWorld(planOf(nodes, ['t>c', 'c>w'])));
  return {
    world: one,
    items: items(2),
    beside: async (runId, wake) => {
      for (const itemIndex of [1, 0]) {
        await until(() => one.row.waitsFor?.kind === 'child' && one.called.length === 2);
        const ended = { status: 'succeeded', runId: one.called[itemIndex]?.runId ?? '' };
        one.decide(
          { nodeId: 'c', kind: 'child', itemIndex },
          { ...ended, items: { id: 'd', count: 1, sizeBytes: 0, inline: [{ json: { n: itemIndex } }] } },
        );
        await wake(runId);
      }
    },
  };
}

/** Held up by a dead credential until somebody has reconnected it. */
function held(): Scenario {
  const one = brief(new DecidingWorld(planOf({ w: byN, v: byN }, ['t>w', 'w>v'])));
  let isDead = true;
  one.behaviour['w'] = async (call) => {
    if (!isDead) return one.usual(call);
    throw new ConnectorError('auth', { code: 'credential_reconnect', message: 'revoked', details: { credentialId: 'cred_1' } });
  };
  return {
    world: one,
    items: items(1),
    beside: async (runId, wake) => {
      await until(() => one.row.waitsFor?.kind === 'credential');
      isDead = false;
      one.decide({ nodeId: 'w', kind: 'credential', itemIndex: 0 }, { reconnected: true });
      await wake(runId);
    },
  };
}

function paused(): Scenario {
  const nodes = { p: { type: 'core.wait', parameters: { amount: 1, unit: 'seconds' } }, w: byN };
  const one = brief(new DecidingWorld(planOf(nodes, ['t>p', 'p>w'])));
  return {
    world: one,
    items: items(1),
    beside: async (runId, wake) => {
      await until(() => one.row.status === 'waiting');
      one.pause();
      await wake(runId);
      await until(() => one.row.waitsFor?.kind === 'pause');
      one.row.pauseRequested = false;
      await wake(runId);
    },
  };
}

function canceled(): Scenario {
  const one = world({ w: byN, v: byN }, ['t>w', 'w>v']);
  const isInside = Promise.withResolvers<void>();
  one.behaviour['w'] = async (call) => {
    await call.beforeSend('h');
    isInside.resolve();
    return new Promise(() => undefined);
  };
  return {
    world: one,
    items: items(1),
    beside: async (runId, wake) => {
      await isInside.promise;
      one.row.cancelRequested = true;
      one.cancel();
      await wake(runId);
    },
  };
}

/** A signal comes while the last segment runs: Temporal refuses its end, and the SDK asks for it again. */
function askedAgain(): Scenario {
  const one = world({ w: byN }, ['t>w']);
  const isInside = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  one.behaviour['w'] = async (call) => {
    isInside.resolve();
    await goOn.promise;
    return one.usual(call);
  };
  return {
    world: one,
    items: items(1),
    beside: async (runId, wake) => {
      await isInside.promise;
      await wake(runId);
      goOn.resolve();
    },
  };
}

/** Its time begins when its world does. */
function outOfTime(): Scenario {
  const make = () =>
    world({ p: { type: 'core.wait', parameters: { amount: 1, unit: 'days' } }, w: byN }, ['t>p', 'p>w'], { timeoutMs: 1000 });
  let made: World | undefined;
  return {
    get world() {
      return (made ??= make());
    },
  };
}

/** One run per control node, and per way to wait, to end and to go on. */
export async function controlScenarios(): Promise<Readonly<Record<string, Scenario>>> {
  const list = items(3);
  const hang = world({ w: { type: 'test.read', settings: { timeoutMs: 100 } } }, ['t>w']);
  hang.behaviour['w'] = () => new Promise(() => undefined);
  const respond = new World(planOf({ r: { type: 'core.respond', parameters: { status: 201 } }, w: byN }, ['t>r', 'r>w']), {
    reply: 'respond',
  });
  const routes = {
    type: 'core.switch',
    parameters: { cases: [{ id: 'zero', name: 'Zero', combine: 'and', conditions: isZero }], fallback: 'output' },
  };
  const sections = { p: 'core.compensate', w: inside('p'), u: inside('p'), x: 'core.stop' };
  const caught = { s: 'core.try', x: { type: 'core.stop', parent: 's' }, w: inside('s'), v: inside('s') };
  return {
    if: {
      world: world({ i: { type: 'core.if', parameters: { conditions: isZero } }, w: byN, v: byN }, ['t>i', 'i.true>w', 'i.false>v']),
      items: list,
    },
    switch: { world: world({ s: routes, w: byN, v: byN }, ['t>s', 's.zero>w', 's.fallback>v']), items: list },
    filter: { world: world({ f: { type: 'core.filter', parameters: { conditions: isZero } }, w: byN }, ['t>f', 'f>w']), items: list },
    merge: { world: world({ w: byN, v: byN, m: 'core.merge', u: byN }, ['t>w', 't>v', 'w>m.in1', 'v>m.in2', 'm>u']), items: list },
    loop: { world: world({ l: 'core.loop', w: byN, v: byN }, ['t>l', 'l.loop>w', 'w>l.back', 'l.done>v']), items: list },
    map: {
      world: world({ m: { type: 'core.map', parameters: { window: 2 } }, w: inside('m') }, ['t>m', 'm.each>w', 'w>m.collect']),
      items: list,
    },
    try: { world: world(caught, ['t>s', 's.try>x', 's.catch>w', 'w>s.result', 's.finally>v']), items: list },
    compensate: { world: world(sections, ['t>p', 'p.do>w', 'w>p.result', 'p.undo>u', 'p>x']), items: list },
    stop: { world: world({ n: 'core.noOp', x: 'core.stop' }, ['t>n', 'n>x']) },
    respond: { world: respond, items: list },
    'node-timeout': { world: hang },
    'run-timeout': outOfTime(),
    call: child(),
    pause: paused(),
    credential: held(),
    cancel: canceled(),
    resume: { world: await resumed(), items: items(2) },
    'asked-again': askedAgain(),
  };
}

/**
 * More events than one history takes: what is kept is the second one. Takes some seconds.
 * @param signal wakes the run at once
 * @param eventsOf length of the history that the run has now
 */
export function continued(signal: (runId: string) => Promise<unknown>, eventsOf: (runId: string) => Promise<number>): Scenario {
  const one = brief(new DecidingWorld(planOf({ c: { type: 'core.callWorkflow', parameters: { workflow: 'wf_1' } } }, ['t>c'])));
  return {
    world: one,
    beside: async (runId, wake) => {
      await until(() => one.row.waitsFor?.kind === 'child');
      for (let last = 0, now = 1; now >= last; last = now, now = await eventsOf(runId))
        await Promise.all(items(20).map(() => signal(runId)));
      one.decide({ nodeId: 'c', kind: 'child', itemIndex: 0 }, { status: 'succeeded', runId: one.called[0]?.runId ?? '' });
      await wake(runId);
    },
  };
}
