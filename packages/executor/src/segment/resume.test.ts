import { ConnectorError, type JsonValue } from '@millwright/core';
import { hashJson } from '@millwright/core/hash';
import { describe, expect, it } from 'vitest';
import { refusal, refusing } from './testing/refusing.ts';
import { resumed } from './testing/resumed.ts';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

/** Sends each item, and fails afterwards when one was refused. */
const listPlan = planOf(
  {
    w: {
      type: 'test.write',
      parameters: { n: '{{ $json.n }}', dice: '{{ Math.random() }}', at: '{{ $now.toMillis() }}' },
      settings: { onError: 'continue' },
    },
    check: { type: 'test.set', parameters: { ok: '{{ $json.sent }}' } },
    last: { type: 'test.write', parameters: { n: '{{ $json.ok }}' } },
  },
  ['t>w', 'w>check', 'check>last'],
);
const list = Array.from({ length: 12 }, (_, n) => ({ n }));

describe('a resumed run', () => {
  it('sends what failed and nothing else, under the same key and as the same request', async () => {
    const first = new World(listPlan);
    refusing(first, 'w', ({ n }) => n === 3 || n === 7);
    expect(await first.drive(list)).toEqual(ended('failed'));
    expect(first.sent).toHaveLength(12);
    const second = resumed(first, listPlan);
    expect(await second.drive(list)).toEqual(ended('succeeded'));
    const sent = second.sent.filter(({ nodeId }) => nodeId === 'w');
    expect(sent.map(({ itemIndex }) => itemIndex)).toEqual([3, 7]);
    for (const one of sent) expect(first.sent).toContainEqual(one);
    expect(second.output('w')).toHaveLength(12);
    expect([...second.row.attempts.values()].filter(({ nodeId }) => nodeId === 'w').map(({ attempt }) => attempt)).toEqual([2, 2]);
    expect(second.story).toEqual(['t:0 succeeded', 'w:0 succeeded', 'check:0 succeeded', 'last:0 succeeded']);
  });

  it('shows a node run of which nothing was left to do as skipped, with what it had given', async () => {
    const plan = planOf({ w: { type: 'test.write', parameters: { n: '{{ $json.n }}' } }, x: 'test.write' }, ['t>w', 'w>x']);
    const first = new World(plan);
    first.behaviour['x'] = async () => refusal();
    await first.drive(list);
    const second = resumed(first, plan);
    expect(await second.drive(list)).toEqual(ended('succeeded'));
    expect(second.row.nodeRuns.get('w:0')).toMatchObject({ status: 'skipped', reason: 'alreadyDone' });
    expect(second.output('w')).toEqual(first.output('w'));
    expect(second.sent.map(({ nodeId }) => nodeId)).toEqual(list.map(() => 'x'));
  });

  it('inherits along a chain', async () => {
    const first = new World(listPlan);
    refusing(first, 'w', ({ n }) => n === 3 || n === 7);
    await first.drive(list);
    const second = resumed(first, listPlan);
    refusing(second, 'w', ({ n }) => n === 7);
    expect(await second.drive(list)).toEqual(ended('failed'));
    const third = resumed(second, listPlan);
    expect(await third.drive(list)).toEqual(ended('succeeded'));
    expect(third.sent.filter(({ nodeId }) => nodeId === 'w').map(({ itemIndex }) => itemIndex)).toEqual([7]);
    const keys = [first, second, third].flatMap(({ sent }) =>
      sent.filter(({ nodeId, itemIndex }) => nodeId === 'w' && itemIndex === 7).map(({ key }) => key),
    );
    expect(new Set(keys).size).toBe(1);
    expect([...third.row.attempts.values()].find(({ nodeId }) => nodeId === 'w')?.attempt).toBe(3);
  });

  it('that dies at any commit does nothing twice, and ends with the same effects', async () => {
    const before = async (): Promise<World> => {
      const first = new World(listPlan);
      refusing(first, 'w', ({ n }) => n === 3 || n === 7);
      await first.drive(list);
      return first;
    };
    const calm = resumed(await before(), listPlan);
    const from = calm.store.commits;
    await calm.drive(list);
    const commits = calm.store.commits - from;
    expect(commits).toBeGreaterThan(4);
    for (let atCommit = 1; atCommit <= commits; atCommit++) {
      for (const isStored of [false, true]) {
        const second = resumed(await before(), listPlan);
        expect(await second.drive(list, { atCommit, isStored })).toEqual(ended('succeeded'));
        expect([...new Set(second.sent.map(({ nodeId, itemIndex }) => `${nodeId}:${itemIndex}`))].toSorted()).toEqual(
          calm.sent.map(({ nodeId, itemIndex }) => `${nodeId}:${itemIndex}`).toSorted(),
        );
        for (const sends of Map.groupBy(second.sent, ({ key }) => key).values())
          expect(new Set(sends.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(1);
      }
    }
  });
});

describe('a write that would be another one now', () => {
  const edited: readonly JsonValue[] = [{ n: 0 }, { n: 100 }];
  const twoItems = [{ n: 0 }, { n: 1 }];
  const plan = planOf({ w: { type: 'test.write', parameters: { n: '{{ $json.n }}' } }, x: 'test.write' }, ['t>w', 'w>x']);
  const failed = async (): Promise<World> => {
    const first = new World(plan);
    first.behaviour['x'] = async () => refusal();
    await first.drive(twoItems);
    return first;
  };

  it('is left as it was unless somebody said otherwise', async () => {
    const second = resumed(await failed(), plan);
    expect(await second.drive(edited)).toEqual(ended('succeeded'));
    expect(second.sent.map(({ nodeId }) => nodeId)).toEqual(['x', 'x']);
    expect(second.output('w')).toEqual([
      { n: 0, sent: true },
      { n: 1, sent: true },
    ]);
  });

  it('is sent under a new key where that was the answer, and only it', async () => {
    const first = await failed();
    const second = resumed(first, plan, { onChanged: 'resend' });
    expect(await second.drive(edited)).toEqual(ended('succeeded'));
    const again = second.sent.filter(({ nodeId }) => nodeId === 'w');
    expect(again.map(({ parameters }) => parameters)).toEqual([{ n: 100 }]);
    expect(first.sent.map(({ key }) => key)).not.toContain(again[0]?.key);
  });

  it('that was sent anew keeps its new key when its answer is lost and the run is resumed once more', async () => {
    const second = resumed(await failed(), plan, { onChanged: 'resend' });
    second.behaviour['w'] = async (call) => {
      await second.usual(call);
      throw new ConnectorError('transient', { code: 'reset', message: 'reset', details: { sent: true } });
    };
    expect(await second.drive(edited)).toEqual(ended('failed'));
    const third = resumed(second, plan, { onChanged: 'resend' });
    expect(await third.drive(edited)).toEqual(ended('succeeded'));
    const keyOf = (world: World) => world.sent.find(({ nodeId }) => nodeId === 'w')?.key;
    expect(keyOf(third)).toBe(keyOf(second));
  });

  it('has a key of its own after it was refused in another form', async () => {
    const first = new World(plan);
    refusing(first, 'w', ({ n }) => n === 1);
    expect(await first.drive(twoItems)).toEqual(ended('failed'));
    const second = resumed(first, plan);
    expect(await second.drive(edited)).toEqual(ended('succeeded'));
    const keys = [first, second].map(({ sent }) => sent.find(({ nodeId, itemIndex }) => nodeId === 'w' && itemIndex === 1)?.key);
    expect(new Set(keys).size).toBe(2);
  });

  it('is the same when only the version is new', async () => {
    const fixed = planOf(
      { w: { type: 'test.write', parameters: { n: '{{ $json.n }}' } }, x: { type: 'test.write', parameters: { fixed: true } } },
      ['t>w', 'w>x'],
    );
    const second = resumed(await failed(), fixed, { onChanged: 'resend' });
    expect(await second.drive(twoItems)).toEqual(ended('succeeded'));
    expect(second.sent.map(({ nodeId }) => nodeId)).toEqual(['x', 'x']);
  });

  it('a read is read again', async () => {
    const reading = planOf({ r: { type: 'test.read', parameters: { n: '{{ $json.n }}' } }, x: 'test.write' }, ['t>r', 'r>x']);
    const first = new World(reading);
    first.behaviour['x'] = async () => refusal();
    await first.drive(twoItems);
    const second = resumed(first, reading);
    await second.drive(edited);
    expect(second.reads).toEqual(['r:1']);
  });
});

describe('an answer that was lost before', () => {
  const lose = (world: World, nodeId: string): void => {
    world.behaviour[nodeId] = async (call) => {
      await world.usual(call);
      throw new ConnectorError('transient', { code: 'reset', message: 'reset', details: { sent: true } });
    };
  };

  it('is sent again with the same key where the node does so', async () => {
    const plan = planOf({ w: 'test.write' }, ['t>w']);
    const first = new World(plan);
    lose(first, 'w');
    expect(await first.drive()).toEqual(ended('failed'));
    const second = resumed(first, plan);
    expect(await second.drive()).toEqual(ended('succeeded'));
    expect(second.sent).toEqual(first.sent);
  });

  it('is asked about where the node asks', async () => {
    const plan = planOf({ w: 'test.ask' }, ['t>w']);
    const first = new World(plan);
    lose(first, 'w');
    expect(await first.drive()).toEqual(ended('failed'));
    const second = resumed(first, plan);
    expect(await second.drive()).toMatchObject({ kind: 'waiting', untilMs: null });
    expect(second.sent).toEqual([]);
    expect(second.row.nodeRuns.get('w:0')).toMatchObject({ status: 'waiting', waitsFor: { kind: 'outcome' } });
  });

  it.each([
    ['test.write', false, ['ended', 1]],
    ['test.write', true, ['ended', 1]],
    ['test.ask', false, ['ended', 1]],
    ['test.ask', true, ['waiting', 0]],
  ] as const)('is no answer where the try was taken back before it left, and says nothing about the try before it', async (...given) => {
    const [type, isSentBefore, expected] = given;
    const plan = planOf({ w: type }, ['t>w']);
    const first = new World(plan);
    const ledger = first.process().process.ledgerFor(first.header);
    const attempt = { nodeId: 'w', runIndex: 0, itemIndex: 0, class: 'write', startedAtMs: 1 } as const;
    const tries = isSentBefore ? [1, 2] : [1];
    for (const one of tries) expect(await ledger.start({ ...attempt, attempt: one, requestHash: hashJson({}) })).toBe(true);
    ledger.record({ ...attempt, attempt: tries.length, seq: 0, status: 'notSent', finishedAtMs: 2 });
    await ledger.close({ ended: { status: 'failed', reason: 'error', finishedAtMs: 3 } });
    const second = resumed(first, plan);
    const result = await second.drive();
    expect([result.kind, second.sent.length]).toEqual(expected);
  });
});
