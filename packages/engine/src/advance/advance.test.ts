import type { RetryPolicy } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { Driver, draw, ref } from './testing.ts';
import { rulesOf } from '../rules.ts';

const retry: RetryPolicy = { maxAttempts: 3, initialMs: 1000, backoff: 2, maxMs: 60_000, jitter: 0, on: ['transient'] };
const failed = (nodeId: string, kind?: string) =>
  ({
    type: 'failed',
    nodeId,
    runIndex: 0,
    error: { code: 'bad', message: 'bad', ...(kind === undefined ? {} : { kind }) },
    atMs: 5000,
    chance: 0.5,
    final: false,
    fallback: { main: ref(`${nodeId}:0:main`) },
  }) as const;

describe('a run', () => {
  it('starts at one trigger and ends when nothing is left', () => {
    const run = new Driver(draw(['t>a', 'a>b']));
    run.done('a').done('b');
    expect(run.log).toEqual(['succeeded t:0', 'run a:0', 'succeeded a:0', 'run b:0', 'succeeded b:0', 'end succeeded']);
    expect(run.state.ended).toEqual({ status: 'succeeded' });
    expect(run.state.active).toEqual([]);
  });

  it('with several triggers runs only what its own trigger reaches', () => {
    const run = new Driver(draw(['t>a', 'u>b']), 'u');
    expect(run.log).toEqual(['succeeded u:0', 'run b:0']);
  });

  it('ends at once where the trigger leads nowhere', () => {
    expect(new Driver(draw([], { t: {} })).log).toEqual(['succeeded t:0', 'end succeeded']);
  });

  it('ignores events after its end', () => {
    const run = new Driver(draw(['t>a']));
    run.done('a');
    const { state } = run;
    expect(run.send({ type: 'canceled', reason: 'user' }).state).toBe(state);
  });
});

describe('items per port', () => {
  it('an empty port delivers nothing and its branch ends quietly', () => {
    const run = new Driver(draw(['t>if', 'if.true>a', 'if.false>b']));
    run.done('if', { true: 2, false: 0 });
    expect(run.log.slice(-1)).toEqual(['run a:0']);
  });

  it('each arrival at one wired port is its own node run', () => {
    const run = new Driver(draw(['t>a', 't>b', 'a>c', 'b>c']));
    run.done('b').done('a');
    expect(run.log.filter((line) => line.startsWith('run c'))).toEqual(['run c:0', 'run c:1']);
  });
});

describe('several wired inputs', () => {
  const merge = draw(['t>a', 't>b', 'a>m.left', 'b>m.right']);

  it('wait until each port has an arrival', () => {
    const run = new Driver(merge);
    run.done('a');
    expect(run.state.arrivals).toEqual({ m: { left: [ref('a:0:main')] } });
    run.done('b');
    expect(run.commands).toContainEqual(
      expect.objectContaining({
        type: 'run',
        activation: expect.objectContaining({ nodeId: 'm', inputs: { left: ref('a:0:main'), right: ref('b:0:main') } }),
      }),
    );
    expect(run.state.arrivals).toEqual({});
  });

  it('are released with what is there when nothing else can arrive, if the rest is not required', () => {
    const optional = draw(['t>a', 't>b', 'a>m.left', 'b>m.right'], {
      m: { inputs: ['left', 'right'].map((port) => ({ port, required: false, edges: 1 })) },
    });
    const run = new Driver(optional);
    run.done('a').done('b', { main: 0 });
    expect(run.log.slice(-1)).toEqual(['run m:0']);
  });

  it('end quietly when a required port can never get anything', () => {
    const run = new Driver(merge);
    run.done('a').done('b', { main: 0 });
    expect(run.log.slice(-1)).toEqual(['end succeeded']);
  });

  it('wait for another merge before them', () => {
    const chain = draw(['t>a', 't>b', 'a>m.left', 'b>m.right', 'm>n.left', 'a>n.right'], {
      m: { inputs: ['left', 'right'].map((port) => ({ port, required: false, edges: 1 })) },
      n: { inputs: ['left', 'right'].map((port) => ({ port, required: false, edges: 1 })) },
    });
    const run = new Driver(chain);
    run.done('a').done('b', { main: 0 });
    expect(run.log.slice(-1)).toEqual(['run m:0']);
    run.done('m');
    expect(run.log.slice(-1)).toEqual(['run n:0']);
  });
});

describe('order', () => {
  it('parallel starts every ready node at once', () => {
    expect(new Driver(draw(['t>a', 't>b'])).log).toEqual(['succeeded t:0', 'run a:0', 'run b:0']);
  });

  it('sequential goes depth first, in drawing order', () => {
    const run = new Driver(draw(['t>a', 't>b', 'a>c', 'b>d'], {}, 'sequential'));
    run.done('a').done('c').done('b').done('d');
    expect(run.log.filter((line) => line.startsWith('run'))).toEqual(['run a:0', 'run c:0', 'run b:0', 'run d:0']);
  });

  it('sequential starts nothing beside a node that waits', () => {
    const run = new Driver(draw(['t>a', 't>b'], {}, 'sequential'));
    run.send({ type: 'waiting', nodeId: 'a', runIndex: 0, waitsFor: { kind: 'timer', untilMs: 9000 } });
    expect(run.log).not.toContain('run b:0');
  });
});

describe('settings of a node', () => {
  it('disabled hands its first input on and is skipped', () => {
    const run = new Driver(draw(['t>a', 'a>b'], { a: { disabled: true } }));
    expect(run.log).toEqual(['succeeded t:0', 'skipped a:0', 'run b:0']);
    expect(run.commands).toContainEqual(
      expect.objectContaining({ type: 'settled', reason: 'disabled', passes: { main: 'main' }, outputs: { main: ref('a:0:main') } }),
    );
  });

  it('onError stop fails the run and names the node', () => {
    const run = new Driver(draw(['t>a', 't>b']));
    run.send(failed('a'));
    expect(run.log.slice(-3)).toEqual(['failed a:0', 'canceled b:0', 'end failed error']);
    expect(run.state.ended?.error).toMatchObject({ code: 'bad', nodeId: 'a' });
  });

  it('onError continue and branch go on with what the executor made of the error', () => {
    const run = new Driver(draw(['t>a', 'a>b', 'a.error>c'], { a: { onError: 'branch' } }));
    run.send({ ...failed('a'), fallback: { error: ref('a:0:error') } });
    expect(run.log.slice(-2)).toEqual(['failed a:0', 'run c:0']);
  });
});

describe('retry', () => {
  const graph = draw(['t>a'], { a: { retry } });

  it('waits longer each time and gives up after the last attempt', () => {
    const run = new Driver(graph);
    run.send({ ...failed('a', 'transient'), seq: 1 });
    expect(run.state.active[0]).toMatchObject({ status: 'waiting', attempt: 2, since: 0, waitsFor: { kind: 'retry', untilMs: 6000 } });
    run.send({ type: 'timer', nodeId: 'a', runIndex: 0, seq: 2 });
    expect(run.log.slice(-1)).toEqual(['run a:0']);
    run.send({ ...failed('a', 'transient'), seq: 3 });
    expect(run.state.active[0]?.waitsFor?.untilMs).toBe(7000);
    run.send({ type: 'timer', nodeId: 'a', runIndex: 0, seq: 4 }).send({ ...failed('a', 'transient'), seq: 5 });
    expect(run.log.slice(-1)).toEqual(['end failed error']);
  });

  it('takes the service at its word when it asks for more time', () => {
    const run = new Driver(graph);
    run.send({ ...failed('a'), error: { code: 'busy', message: 'busy', kind: 'transient', retryAfterMs: 30_000 } });
    expect(run.state.active[0]?.waitsFor?.untilMs).toBe(35_000);
  });

  it('never repeats errors of the user, kinds that are not listed, or what may have had an effect', () => {
    for (const event of [failed('a'), failed('a', 'permanent'), { ...failed('a', 'transient'), final: true }]) {
      expect(new Driver(graph).send(event).log.slice(-1)).toEqual(['end failed error']);
    }
  });
});

describe('waiting', () => {
  it('a timer hands the items of a wait node on', () => {
    const run = new Driver(draw(['t>w', 'w>b'], { w: { control: 'wait', effect: 'wait' } }));
    run.send({ type: 'waiting', nodeId: 'w', runIndex: 0, waitsFor: { kind: 'timer', untilMs: 9000 } });
    run.send({ type: 'timer', nodeId: 'w', runIndex: 0, seq: 1 });
    expect(run.log.slice(-3)).toEqual(['wait w:0 timer', 'succeeded w:0', 'run b:0']);
    expect(run.state.active[0]?.inputs).toEqual({ main: ref('w:0:main') });
  });

  it('executeOnce: the first item only goes on after the time, as it does where nothing has to be waited for', () => {
    const run = new Driver(draw(['t>w', 'w>b'], { w: { control: 'wait', effect: 'wait', executeOnce: true } }), 't', 3);
    run.send({ type: 'waiting', nodeId: 'w', runIndex: 0, waitsFor: { kind: 'timer', untilMs: 9000 } });
    run.send({ type: 'timer', nodeId: 'w', runIndex: 0, seq: 1 });
    expect(run.lists.at(-1)?.parts).toEqual([{ ref: ref('t:0:main', 3), at: 0 }]);
    expect(run.state.active[0]?.inputs['main']).toMatchObject({ id: 'w:0:main', count: 1 });
  });

  it('a later segment commands again what was running, and nothing that waits', () => {
    const run = new Driver(draw(['t>a', 't>w']));
    run.send({ type: 'waiting', nodeId: 'w', runIndex: 0, waitsFor: { kind: 'timer', untilMs: 9000 } });
    run.send({ type: 'opened', timeMs: 8000 });
    expect(run.log.slice(-1)).toEqual(['run a:0']);
    expect(run.state.timeMs).toBe(8000);
  });
});

describe('the end from outside', () => {
  it('cancel ends open activations with the reason', () => {
    const run = new Driver(draw(['t>a']));
    run.send({ type: 'canceled', reason: 'user' });
    expect(run.log.slice(-2)).toEqual(['canceled a:0', 'end canceled user']);
  });

  it('a loop that does not end is cut with a clear error', () => {
    const run = new Driver(draw(['t>a', 'a>a']));
    for (let i = 0; i < rulesOf(1).runLimit && run.state.ended === undefined; i++) run.done('a', { main: 1 }, i);
    expect(run.state.ended).toMatchObject({ status: 'failed', reason: 'limit', error: { code: 'run_limit' } });
  });
});

describe('the state', () => {
  it('keeps the outputs that expressions read, and no others', () => {
    const run = new Driver(draw(['t>a', 'a>b', 'b>c'], { c: { refs: ['a'] } }));
    run.done('a').done('b');
    expect(Object.keys(run.state.outputs)).toEqual(['a']);
  });

  it('refuses outcomes out of order and events without an activation', () => {
    const run = new Driver(draw(['t>a']));
    expect(() => run.send({ type: 'progress', nodeId: 'a', runIndex: 0, seq: 2 })).toThrow('outcome 2 after 0');
    expect(() => run.done('b')).toThrow('no activation b:0');
  });

  it('remembers that the caller was answered', () => {
    const run = new Driver(draw(['t>r', 'r>b'], { r: { control: 'respond' } }));
    expect(run.state.replied).toBeUndefined();
    run.done('r');
    expect(run.state.replied).toBe(true);
  });
});
