import type { PlanNode } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { UNDO_INDEX } from '../control/compensate/undo-index.ts';
import { advance } from './advance.ts';
import { Driver, draw, ref } from './testing.ts';

const main = [{ port: 'main', required: true, edges: 1 }];
const map = (container: PlanNode['container'] = {}): Partial<PlanNode> => ({ control: 'map', inputs: main, container });
const section = (control: 'try' | 'compensate'): Partial<PlanNode> => ({ control, inputs: main, container: {} });

const failed = (nodeId: string, runIndex = 0, code = 'bad') =>
  ({ type: 'failed', nodeId, runIndex, error: { code, message: code }, atMs: 1, chance: 0, final: false, fallback: {} }) as const;

/** Starts with this many items. */
function start(skeleton: Driver['skeleton'], count = 1): Driver {
  return new Driver(skeleton, 't', count);
}

function lists(run: Driver): Record<string, unknown> {
  return Object.fromEntries(run.lists.map(({ ref: { id }, parts }) => [id, parts]));
}

describe('map', () => {
  const one = draw(['t>m', 'm.each>a', 'a>m.collect', 'm.main>z'], { m: map({ window: 2 }) });

  it('opens as many items as its window says, and the next when one is over', () => {
    const run = start(one, 3);
    expect(run.log).toEqual(['succeeded t:0', 'open m:0', 'run a:0', 'run a:1']);
    expect(run.state.active.map((each) => each.scope)).toEqual([undefined, 'm:0#0', 'm:0#1']);
    run.done('a', { main: 1 }, 1);
    expect(run.log.slice(-1)).toEqual(['run a:2']);
    expect(run.state.scopes?.map((each) => each.id)).toEqual(['m:0', 'm:0#0', 'm:0#2']);
  });

  it('gives each item its own list, and puts results in the order of items, whatever came first', () => {
    const run = start(one, 3);
    run.done('a', { main: 1 }, 1).done('a', { main: 2 }, 2).done('a', { main: 1 }, 0);
    expect(lists(run)['m:0#1:each']).toEqual([{ ref: ref('t:0:main', 3), at: 1 }]);
    expect(run.log.slice(-2)).toEqual(['succeeded m:0', 'run z:0']);
    expect(run.state.active[0]?.inputs['main']).toMatchObject({ id: 'm:0:main', count: 4 });
    expect(lists(run)['~m:0:0-3']).toEqual([
      { ref: expect.objectContaining({ id: '~m:0:0-1' }), from: 'kept' },
      { ref: expect.objectContaining({ id: '~m:0:1-3' }), from: 'kept' },
    ]);
    expect(run.state.scopes).toBeUndefined();
  });

  it('keeps a state that does not grow with the items that are done', () => {
    const run = start(one, 400);
    const sizes: number[] = [];
    for (let index = 0; index < 400; index++) {
      run.done('a', { main: 1 }, index);
      sizes.push(JSON.stringify(run.state).length);
    }
    expect(Math.max(...sizes)).toBeLessThan(1500);
    expect(run.log.slice(-2)).toEqual(['succeeded m:0', 'run z:0']);
  });

  it('stop: the first failed item cancels the others and fails the map with its error', () => {
    const run = start(one, 3);
    run.send(failed('a', 1));
    expect(run.log.slice(-4)).toEqual(['failed a:1', 'canceled a:0', 'failed m:0', 'end failed error']);
    expect(run.state.ended?.error).toMatchObject({ code: 'bad', nodeId: 'a' });
    expect(run.settled('m:0')).toMatchObject({ progress: { done: 0, failed: 0, total: 3 } });
  });

  it('collect: a failed item becomes an error in its place and the others go on', () => {
    const collecting = draw(['t>m', 'm.each>a', 'a>m.collect', 'm.main>z'], { m: map({ window: 2, collect: true }) });
    const run = start(collecting, 3);
    run.done('a', { main: 1 }, 0).send(failed('a', 1)).done('a', { main: 1 }, 2);
    expect(run.settled('m:0')).toMatchObject({ status: 'succeeded', progress: { done: 2, failed: 1, total: 3 } });
    expect(lists(run)['~m:0:1-2']).toEqual([{ error: { code: 'bad', message: 'bad', nodeId: 'a' }, from: [1], of: ref('t:0:main', 3) }]);
    expect(run.log.slice(-1)).toEqual(['run z:0']);
  });

  it('joins inside wait per item, and are released per item', () => {
    const join = draw(['t>m', 'm.each>a', 'm.each>b', 'a>j.left', 'b>j.right', 'j>m.collect'], {
      m: map({ window: 2 }),
      j: { inputs: ['left', 'right'].map((port) => ({ port, required: port === 'left', edges: 1 })) },
    });
    const run = start(join, 2);
    run.done('a', { main: 1 }, 0).done('b', { main: 1 }, 1);
    expect(Object.keys(run.state.arrivals)).toEqual(['j@m:0#0', 'j@m:0#1']);
    run.done('b', { main: 0 }, 0);
    expect(run.log.slice(-1)).toEqual(['run j:0']);
    run.done('a', { main: 0 }, 1);
    expect(run.log.slice(-1)).toEqual(['open m:0']);
    run.done('j');
    expect(run.state.ended).toEqual({ status: 'succeeded' });
  });

  it('in sequential order takes one item after the other, depth first, before what follows beside it', () => {
    const drawn = draw(['t>m', 't>b', 'm.each>a', 'a>c', 'c>m.collect', 'm.main>z'], { m: map() }, 'sequential');
    const run = start(drawn, 2);
    run.done('a').done('c').done('a', { main: 1 }, 1).done('c', { main: 1 }, 1).done('z').done('b');
    expect(run.log.filter((line) => line.startsWith('run'))).toEqual(['run a:0', 'run c:0', 'run a:1', 'run c:1', 'run z:0', 'run b:0']);
  });

  it('numbers node runs by item, whichever comes first, through sections and maps inside', () => {
    const drawn = draw(['t>m', 'm.each>a', 'a>y', 'y.try>b', 'b>y.result', 'y.main>n', 'n.each>c', 'c>n.collect', 'n.main>m.collect'], {
      m: map({ window: 3 }),
      y: section('try'),
      n: map(),
    });
    const run = start(drawn, 3);
    run.done('a', { main: 1 }, 2).done('a', { main: 1 }, 0).done('b', { main: 2 }, 2);
    expect(run.log.filter((line) => line.startsWith('run'))).toEqual([
      'run a:0',
      'run a:1',
      'run a:2',
      'run b:2',
      'run b:0',
      'run c:2000',
      'run c:2001',
    ]);
  });

  it('numbers further runs of a node in one item behind all items', () => {
    const run = start(draw(['t>m', 'm.each>a', 'm.each>b', 'a>c', 'b>c', 'm.main>z'], { m: map({ window: 2 }) }), 2);
    run.done('b', { main: 1 }, 1).done('a', { main: 1 }, 1).done('a', { main: 1 }, 0).done('b', { main: 1 }, 0);
    expect(run.log.filter((line) => line.startsWith('run c'))).toEqual(['run c:1', 'run c:2', 'run c:0', 'run c:3']);
  });

  it('refuses more items than one run can carry', () => {
    const run = start(one, 1001);
    expect(run.state.ended?.error).toMatchObject({ code: 'map_too_large', nodeId: 'm', hint: expect.any(String) });
  });

  it('nested maps keep few items open in all', () => {
    const nested = draw(['t>m', 'm.each>a', 'a>n', 'n.each>b', 'b>n.collect', 'n.main>m.collect'], {
      m: map({ window: 50 }),
      n: map({ window: 50 }),
    });
    const run = start(nested, 60);
    for (let index = 0; index < 50; index++) run.done('a', { main: 50 }, index);
    expect(run.state.scopes?.filter((one) => one.index !== undefined).length).toBeLessThanOrEqual(150);
    for (let i = 0; i < 5000 && run.state.ended === undefined; i++) {
      const next = run.state.active.find((one) => one.status === 'running');
      if (next !== undefined) run.done(next.nodeId, { main: next.nodeId === 'a' ? 2 : 1 }, next.runIndex);
    }
    expect(run.state.ended).toEqual({ status: 'succeeded' });
  });

  it('with onError branch hands its items on with the error', () => {
    const branching = draw(['t>m', 'm.each>a', 'a>m.collect', 'm.main>z', 'm.error>e'], { m: { ...map(), onError: 'branch' } });
    const run = start(branching, 2);
    run.send(failed('a'));
    expect(run.log.slice(-2)).toEqual(['failed m:0', 'run e:0']);
    expect(run.state.active[0]?.inputs['main']).toMatchObject({ count: 2 });
  });
});

describe('try', () => {
  const all = draw(['t>y', 'y.try>a', 'a>y.result', 'y.catch>c', 'c>y.result', 'y.finally>f', 'y.main>z'], { y: section('try') });

  it('goes on with what its steps gave, after finally', () => {
    const run = start(all);
    run.done('a', { main: 2 }).done('f').done('z');
    expect(run.log.filter((line) => line.startsWith('run'))).toEqual(['run a:0', 'run f:0', 'run z:0']);
    expect(lists(run)['y:0:finally']).toEqual([{ ref: expect.objectContaining({ count: 2 }), from: 'kept' }]);
  });

  it('an error goes to catch with the items that came in, then finally, and the run goes on', () => {
    const run = start(all, 2);
    run.send(failed('a'));
    expect(lists(run)['y:0:catch']).toEqual([{ ref: ref('t:0:main', 2), error: { code: 'bad', message: 'bad', nodeId: 'a' } }]);
    run.done('c').done('f').done('z');
    expect(run.log.filter((line) => line.startsWith('run'))).toEqual(['run a:0', 'run c:0', 'run f:0', 'run z:0']);
    expect(run.state.ended).toEqual({ status: 'succeeded' });
  });

  it('cancels what else runs in it', () => {
    const run = start(draw(['t>y', 't>o', 'y.try>a', 'y.try>b', 'y.catch>c'], { y: section('try') }));
    run.send(failed('a'));
    expect(run.log.slice(-3)).toEqual(['failed a:0', 'canceled b:0', 'run c:0']);
    expect(run.state.active.map((one) => one.nodeId)).toEqual(['y', 'o', 'c']);
  });

  it('without catch the error goes on after finally; with an error in catch that one does', () => {
    const bare = start(draw(['t>y', 'y.try>a', 'y.finally>f'], { y: section('try') }));
    bare.send(failed('a')).done('f');
    expect(bare.log.slice(-2)).toEqual(['failed y:0', 'end failed error']);
    const twice = start(all);
    twice
      .send(failed('a'))
      .send(failed('c', 0, 'worse'))
      .done('f');
    expect(twice.state.ended?.error).toMatchObject({ code: 'worse', nodeId: 'c' });
  });

  it('an error in finally is the error', () => {
    const run = start(all);
    run.done('a').send(failed('f', 0, 'late'));
    expect(run.state.ended?.error).toMatchObject({ code: 'late' });
  });

  it('finally runs where nothing reached the result', () => {
    const run = start(all);
    run.done('a', { main: 0 });
    expect(run.log.slice(-1)).toEqual(['run f:0']);
    expect(lists(run)['y:0:finally']).toEqual([{}]);
  });

  it('takes up what a map inside fails with, and a map takes up what a try inside lets go', () => {
    const inMap = draw(['t>m', 'm.each>y', 'y.try>a', 'a>y.result', 'y.main>m.collect', 'm.main>z'], {
      m: map({ collect: true }),
      y: section('try'),
    });
    const run = start(inMap, 2);
    run.send(failed('a')).done('a', { main: 1 }, 1);
    expect(run.log.slice(-2)).toEqual(['succeeded m:0', 'run z:0']);
    const around = start(draw(['t>y', 'y.try>m', 'm.each>a', 'y.catch>c'], { m: map(), y: section('try') }), 2);
    around.send(failed('a'));
    expect(around.log.slice(-4)).toEqual(['failed a:0', 'canceled a:1', 'failed m:0', 'run c:0']);
  });
});

describe('compensate', () => {
  const saga = draw(['t>p', 'p.do>a', 'a>p.result', 'p.undo>ua', 'p.main>q', 'q.do>b', 'b>q.result', 'q.undo>ub', 'q.main>z'], {
    p: section('compensate'),
    q: section('compensate'),
  });

  it('undoes nothing where nothing fails', () => {
    const run = start(saga);
    run.done('a').done('b').done('z');
    expect(run.log.slice(-1)).toEqual(['end succeeded']);
    expect(run.log).not.toContain('run ua:0');
    expect(run.state.remembered).toBeUndefined();
  });

  it('undoes what was done, the last first, with what it gave, and then fails', () => {
    const run = start(saga);
    run.done('a', { main: 3 }).done('b').send(failed('z'));
    expect(run.state.failing).toMatchObject({ error: { code: 'bad', nodeId: 'z' } });
    expect(run.log.slice(-1)).toEqual(['run ub:0']);
    run.done('ub');
    expect(run.log.slice(-1)).toEqual(['run ua:0']);
    expect(lists(run)['p:0:undo']).toEqual([{ ref: expect.objectContaining({ id: 'p:0:main', count: 3 }) }]);
    run.done('ua');
    expect(run.log.slice(-1)).toEqual(['end failed error']);
    expect(run.state.ended?.error).toMatchObject({ code: 'bad', nodeId: 'z' });
  });

  describe('in rounds', () => {
    const back = { inputs: [{ port: 'main', required: true, edges: 2 }] };
    const edges = ['t>p', 'p.do>i', 'i>a', 'a>p.result', 'p.undo>ua', 'p.main>w', 'w.again>p', 'w.on>z'];
    const rounds = draw(edges, { p: { ...section('compensate'), ...back, alwaysOutput: true } });
    const keys = (run: Driver) =>
      run.commands.flatMap((one) =>
        one.type === 'run' ? [[one.activation.nodeId, one.activation.runIndex, one.activation.keyIndex]] : [],
      );
    /** Three rounds, the first of which does nothing; then what is behind fails. */
    const failing = (change: (run: Driver) => void = () => undefined): Driver => {
      const run = start(rounds);
      run.done('i', { main: 0 }).done('w', { again: 1 });
      run.done('i', { main: 1 }, 1).done('a', { main: 1 }, 1).done('w', { again: 1 }, 1);
      run.done('i', { main: 1 }, 2).done('a', { main: 1 }, 2).done('w', { on: 1 }, 2);
      change(run);
      return run.send(failed('z'));
    };

    it('what undoes a section has its number, and says so in the ledger', () => {
      const run = failing();
      expect(keys(run)).toEqual([['ua', 2, UNDO_INDEX + 2]]);
      run.done('ua', { main: 1 }, 2);
      expect(keys(run)).toEqual([['ua', 1, UNDO_INDEX + 1]]);
    });

    it('a section that an older engine remembers is undone as it was then', () => {
      const { remembered = [], ...state } = failing().state;
      expect(remembered.length).toBeGreaterThan(0);
      const old = { ...state, remembered: remembered.map(({ nodeId, runIndex, ref: given }) => ({ nodeId, runIndex, ref: given })) };
      const { commands } = advance(rounds, old, { type: 'completed', nodeId: 'ua', runIndex: 2, outputs: { main: ref('u') } });
      const run = commands.find((one) => one.type === 'run');
      expect(run?.activation).toMatchObject({ nodeId: 'ua', runIndex: 3 });
      expect(run?.activation).not.toHaveProperty('keyIndex');
    });

    it('a section that takes over what an earlier run did under another number cannot be matched', () => {
      const run = start(rounds);
      run.send({ type: 'time', timeMs: 2000, of: { nodeId: 'i', runIndex: 0, atMs: 1000, keyIndex: 4 } });
      run.done('i').done('a').done('w', { on: 1 }).send(failed('z'));
      expect(keys(run)).toEqual([['ua', 0, undefined]]);
    });
  });

  it('does not undo what was not done', () => {
    const run = start(saga);
    run.done('a').send(failed('b')).done('ua');
    expect(run.log.slice(-1)).toEqual(['end failed error']);
    expect(run.log).not.toContain('run ub:0');
  });

  it('goes on undoing when one undo fails, and says so', () => {
    const run = start(saga);
    run
      .done('a')
      .done('b')
      .send(failed('z'))
      .send(failed('ub', 0, 'stuck'))
      .done('ua');
    expect(run.state.ended?.error).toMatchObject({ code: 'bad', hint: expect.stringContaining('Undoing "q" failed too: stuck') });
  });

  it('a run that is out of time undoes first; a canceled one does not', () => {
    const late = start(saga);
    late.done('a').send({ type: 'timedOut', seq: 1, error: { code: 'run_timeout', message: 'late', reason: 'timeout' } });
    expect(late.log.slice(-2)).toEqual(['canceled b:0', 'run ua:0']);
    late.send({ type: 'timedOut', error: { code: 'run_timeout', message: 'late', reason: 'timeout' } }).done('ua');
    expect(late.state.ended).toMatchObject({ status: 'failed', reason: 'timeout' });
    const canceled = start(saga);
    canceled.done('a').send({ type: 'canceled', reason: 'user' });
    expect(canceled.log.slice(-1)).toEqual(['end canceled user']);
    expect(JSON.stringify(canceled.state)).not.toContain('remembered');
  });

  it('inside a try is undone before catch; behind its end it belongs to what is around', () => {
    const caught = draw(['t>y', 'y.try>p', 'p.do>a', 'a>p.result', 'p.undo>ua', 'p.main>b', 'b>y.result', 'y.catch>c', 'y.main>z'], {
      y: section('try'),
      p: section('compensate'),
    });
    const run = start(caught);
    run.done('a').send(failed('b')).done('ua');
    expect(run.log.slice(-1)).toEqual(['run c:0']);
    const later = start(caught);
    later.done('a').done('b').send(failed('z'));
    expect(later.log.slice(-1)).toEqual(['run ua:0']);
  });

  it('of one item of a map is undone when that item fails, or all when the map stops', () => {
    const drawn = (container: PlanNode['container']) =>
      draw(['t>m', 'm.each>p', 'p.do>a', 'a>p.result', 'p.undo>u', 'p.main>b', 'b>m.collect', 'm.main>z'], {
        m: map(container),
        p: section('compensate'),
      });
    const collecting = start(drawn({ collect: true }), 2);
    collecting.done('a', { main: 1 }, 0).done('a', { main: 1 }, 1).send(failed('b', 0)).done('u').done('b', { main: 1 }, 1);
    expect(collecting.settled('m:0')).toMatchObject({ progress: { done: 1, failed: 1 } });
    expect(collecting.state.remembered).toHaveLength(1);
    const stopping = start(drawn({}), 2);
    stopping
      .done('a', { main: 1 }, 0)
      .done('a', { main: 1 }, 1)
      .done('b', { main: 1 }, 0)
      .send(failed('b', 1))
      .done('u', {}, 1)
      .done('u', {}, 0);
    expect(stopping.log.slice(-2)).toEqual(['failed m:0', 'end failed error']);
  });

  it('lets an undo that is under way finish when more fails', () => {
    const drawn = draw(['t>m', 'm.each>y', 'y.try>p', 'p.do>a', 'a>p.result', 'p.undo>u', 'p.main>b', 'm.main>z'], {
      m: map(),
      y: section('try'),
      p: section('compensate'),
    });
    const run = start(drawn, 2);
    run.done('a', { main: 1 }, 0).send(failed('b', 0));
    expect(run.log.slice(-1)).toEqual(['run u:0']);
    run.send(failed('a', 1));
    expect(run.log.slice(-1)).not.toEqual(['end failed error']);
    expect(run.state.active.map((one) => one.nodeId)).toContain('u');
    run.done('u');
    expect(run.log.slice(-1)).toEqual(['end failed error']);
  });
});

describe('the limit of node runs', () => {
  it('counts from the last item of a map that was finished', () => {
    const wide = Array.from({ length: 12 }, (_, index) => `m.each>a${index}`);
    const run = start(draw(['t>m', ...wide], { m: map({ window: 1 }) }), 1000);
    for (let i = 0; i < 12_000 && run.state.ended === undefined; i++) {
      const next = run.state.active.find((one) => one.status === 'running');
      if (next !== undefined) run.done(next.nodeId, { main: 1 }, next.runIndex);
    }
    expect(run.state.ended).toEqual({ status: 'succeeded' });
  });

  it('undoes what was done before the run fails', () => {
    const run = start(draw(['t>p', 'p.do>a', 'a>p.result', 'p.undo>u', 'p.main>l', 'l>l'], { p: section('compensate') }));
    run.done('a');
    for (let index = 0; index < 10_001 && run.state.failing === undefined; index++) run.done('l', { main: 1 }, index);
    expect(run.log.slice(-1)).toEqual(['run u:0']);
    run.done('u');
    expect(run.state.ended).toMatchObject({ reason: 'limit', error: { code: 'run_limit' } });
  });
});

describe('disabled and once', () => {
  it('a disabled container hands its items on without opening', () => {
    const run = start(draw(['t>m', 'm.each>a', 'm.main>z'], { m: { ...map(), disabled: true } }), 2);
    expect(run.log).toEqual(['succeeded t:0', 'skipped m:0', 'run z:0']);
  });

  it('executeOnce takes the first item, alwaysOutput gives one', () => {
    const once = start(draw(['t>m', 'm.each>a', 'm.main>z'], { m: { ...map(), executeOnce: true, alwaysOutput: true } }), 3);
    once.done('a');
    expect(once.log.slice(-2)).toEqual(['succeeded m:0', 'run z:0']);
    expect(once.settled('m:0')).toMatchObject({ progress: { total: 1 }, outputs: { main: { count: 1 } } });
  });
});
