import { ConnectorError, systemClock } from '@millwright/core';
import type { Plan } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { byN, delayed, failing, inside, items, map, type Nodes } from './testing/containers.ts';
import { resumed } from './testing/resumed.ts';
import { World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });

describe('a resumed run', () => {
  it('does in a map what is left, whatever the order in which items came back', async () => {
    const plan = inside({ '': { m: map({ window: 3 }) }, m: { a: byN, b: { type: 'test.write', parameters: { n: '{{ $json.n }}' } } } }, [
      't>m',
      'm.each>a',
      'a>b',
      'b>m.collect',
    ]);
    const first = new World(plan);
    delayed(first, 'a', (n) => 12 - 2 * n);
    failing(first, 'b', (n) => n === 4);
    expect(await first.drive(items(6))).toEqual(ended('failed'));
    const second = resumed(first, plan);
    expect(await second.drive(items(6))).toEqual(ended('succeeded'));
    const doneTwice = second.sent.filter((one) => first.sent.some((sent) => sent.key === one.key));
    expect(doneTwice.map((one) => one.nodeId)).not.toContain('a');
    expect(
      [...first.sent, ...second.sent]
        .filter((one) => one.nodeId === 'a')
        .map((one) => Number(one.parameters['n']))
        .toSorted((a, b) => a - b),
    ).toEqual([0, 1, 2, 3, 4, 5]);
    expect(second.output('m')).toEqual(items(6).map((item) => ({ ...item, sent: true })));
  });

  it('does anew, under another key, what was undone', async () => {
    const plan = inside({ '': { p: 'core.compensate', z: byN }, p: { a: byN, ua: { type: 'test.write', parameters: { undo: 1 } } } }, [
      't>p',
      'p.do>a',
      'a>p.result',
      'p.undo>ua',
      'p.main>z',
    ]);
    const first = new World(plan);
    failing(first, 'z', () => true);
    expect(await first.drive(items(1))).toEqual(ended('failed'));
    const second = resumed(first, plan);
    failing(second, 'z', () => true);
    expect(await second.drive(items(1))).toEqual(ended('failed'));
    expect(second.sent.map((one) => one.nodeId)).toEqual(['a', 'ua']);
    expect(new Set([...first.sent, ...second.sent].map((one) => one.key)).size).toBe(4);
  });

  const undoN = { type: 'test.write', parameters: { undo: '{{ $json.n }}' } };
  const inLoop = ['t>l', 'l.loop>p', 'p.do>a', 'a>p.result', 'p.undo>ua', 'p.main>l.back', 'l.done>z'];
  const inMap = ['t>l', 'l.each>p', 'p.do>a', 'a>p.result', 'p.undo>ua', 'p.main>l.collect', 'l.main>z'];
  const sections = (type: 'core.loop' | 'core.map', section: Nodes = { a: byN, ua: undoN }, more: readonly string[] = []): Plan =>
    type === 'core.loop'
      ? inside({ '': { l: 'core.loop', p: 'core.compensate', z: byN }, p: section }, [...inLoop, ...more])
      : inside({ '': { l: map(), z: byN }, l: { p: 'core.compensate' }, p: section }, [...inMap, ...more]);
  const sentOf = (world: World, nodeId: string, name = 'n') =>
    world.sent
      .filter((one) => one.nodeId === nodeId)
      .map((one) => Number(one.parameters[name]))
      .toSorted((a, b) => a - b);
  /** What an undo of one section does instead: refused, or sent with its answer lost. */
  const badUndo = (world: World, of: number, status: string): void => {
    world.behaviour['ua'] = async (call) => {
      if (call.parameters['undo'] !== of) return world.usual(call);
      if (status !== 'notSent') await call.beforeSend('h');
      const details = status === 'unknown' ? { sent: true } : { status: 422 };
      throw new ConnectorError(status === 'unknown' ? 'transient' : 'permanent', { code: 'refused', message: 'refused', details });
    };
  };

  describe.each(['core.loop', 'core.map'] as const)('with sections in a %s', (type) => {
    it.each(['notSent', 'failed', 'unknown'])('does anew those that were undone and no others: one undo is %s', async (status) => {
      for (const bad of [0, 1, 2]) {
        const plan = sections(type);
        const first = new World(plan);
        failing(first, 'z', () => true);
        badUndo(first, bad, status);
        expect(await first.drive(items(3))).toEqual(ended('failed'));
        expect(sentOf(first, 'ua', 'undo')).toEqual([0, 1, 2].filter((n) => n !== bad));
        const second = resumed(first, plan);
        expect(await second.drive(items(3))).toEqual(ended('succeeded'));
        expect(sentOf(second, 'a')).toEqual([0, 1, 2].filter((n) => n !== bad));
        const keys = [...first.sent, ...second.sent].map((one) => one.key);
        expect(new Set(keys).size).toBe(keys.length);
      }
    });

    it('leaves each section done once, wherever a process of either run died', async () => {
      const plan = sections(type);
      const worldOf = (): World => {
        const world = new World(plan);
        failing(world, 'z', () => true);
        badUndo(world, 1, 'failed');
        return world;
      };
      const calm = worldOf();
      await calm.drive(items(3));
      const keysOf = (worlds: readonly World[], nodeId: string, [name, n]: readonly [string, number]) =>
        new Set(
          worlds.flatMap(({ sent }) => sent.filter((one) => one.nodeId === nodeId && one.parameters[name] === n)).map(({ key }) => key),
        );
      for (let atCommit = 1; atCommit <= calm.store.commits; atCommit++) {
        for (const isStored of [false, true]) {
          const first = worldOf();
          expect(await first.drive(items(3), { atCommit, isStored })).toEqual(ended('failed'));
          const second = resumed(first, plan);
          expect(await second.drive(items(3), { atCommit: Math.ceil(atCommit / 2), isStored })).toEqual(ended('succeeded'));
          for (const n of [0, 1, 2])
            expect(keysOf([first, second], 'a', ['n', n]).size - keysOf([first, second], 'ua', ['undo', n]).size).toBe(1);
        }
      }
    });

    it('does what is undone twice anew twice, and what stands never', async () => {
      const plan = sections(type);
      const first = new World(plan);
      failing(first, 'z', () => true);
      badUndo(first, 1, 'failed');
      await first.drive(items(3));
      const second = resumed(first, plan);
      failing(second, 'z', () => true);
      badUndo(second, 0, 'failed');
      expect(await second.drive(items(3))).toEqual(ended('failed'));
      expect(sentOf(second, 'a')).toEqual([0, 2]);
      const third = resumed(second, plan);
      expect(await third.drive(items(3))).toEqual(ended('succeeded'));
      expect(sentOf(third, 'a')).toEqual([1, 2]);
      const keys = [...first.sent, ...second.sent, ...third.sent].map((one) => one.key);
      expect(new Set(keys).size).toBe(keys.length);
    });

    it('does not do anew a section of which one of two undos was refused', async () => {
      const plan = sections(type, { a: byN, ua: undoN, ub: { type: 'test.write', parameters: { undo: '{{ $json.undo }}' } } }, ['ua>ub']);
      const first = new World(plan);
      failing(first, 'z', () => true);
      first.behaviour['ub'] = async (call) => {
        if (call.parameters['undo'] !== 2) return first.usual(call);
        await call.beforeSend('h');
        throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
      };
      await first.drive(items(3));
      const second = resumed(first, plan);
      expect(await second.drive(items(3))).toEqual(ended('succeeded'));
      expect(sentOf(second, 'a')).toEqual([0, 1]);
    });

    it('does anew nothing of sections that nobody can match with what was undone, unless all was', async () => {
      // Each section does its step twice: its node runs have other numbers than the section.
      const plan = sections(type, { a: byN, b: byN, c: 'test.set', ua: undoN }, ['p.do>b', 'a>c', 'b>c', 'c>p.result']);
      const first = new World(plan);
      failing(first, 'z', () => true);
      badUndo(first, 2, 'failed');
      await first.drive(items(3));
      const second = resumed(first, plan);
      expect(await second.drive(items(3))).toEqual(ended('succeeded'));
      expect(sentOf(second, 'a')).not.toContain(2);
    });
  });

  it.each([0, -60_000])('undoes again what was done anew after it was undone, where that undo was refused (clock %i ms)', async (ms) => {
    const plan = inside({ '': { p: 'core.compensate', z: byN }, p: { a: byN, ua: undoN } }, [
      't>p',
      'p.do>a',
      'a>p.result',
      'p.undo>ua',
      'p.main>z',
    ]);
    const first = new World(plan);
    failing(first, 'z', () => true);
    await first.drive(items(1));
    const second = resumed(first, plan);
    // Order is the chain's, never a clock's: processes have clocks of their own.
    second.clock = { ...systemClock, nowMs: () => systemClock.nowMs() + ms };
    failing(second, 'z', () => true);
    badUndo(second, 0, 'failed');
    await second.drive(items(1));
    expect(second.sent.map((one) => one.nodeId)).toEqual(['a']);
    const third = resumed(second, plan);
    failing(third, 'z', () => true);
    await third.drive(items(1));
    expect(third.sent.map((one) => one.nodeId)).toEqual(['ua']);
    const keys = [...first.sent, ...second.sent, ...third.sent].map((one) => one.key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('does anew all that a section did over a map, once it is undone', async () => {
    const plan = inside(
      { '': { p: 'core.compensate', z: byN }, p: { m: map(), ua: { type: 'test.write', parameters: { undo: 1 } } }, m: { a: byN } },
      ['t>p', 'p.do>m', 'm.each>a', 'a>m.collect', 'm.main>p.result', 'p.undo>ua', 'p.main>z'],
    );
    const first = new World(plan);
    failing(first, 'z', () => true);
    expect(await first.drive(items(3))).toEqual(ended('failed'));
    const second = resumed(first, plan);
    expect(await second.drive(items(3))).toEqual(ended('succeeded'));
    expect(sentOf(second, 'a')).toEqual([0, 1, 2]);
  });

  it.each(['notSent', 'failed'])('does not do anew what could not be undone: the undo is %s', async (status) => {
    const section = { a: byN, look: 'test.read', ua: { type: 'test.write', parameters: { undo: 1 } } };
    const plan = inside({ '': { p: 'core.compensate', z: byN }, p: section }, [
      't>p',
      'p.do>a',
      'a>p.result',
      'p.undo>look',
      'look>ua',
      'p.main>z',
    ]);
    const first = new World(plan);
    failing(first, 'z', () => true);
    first.behaviour['ua'] = async (call) => {
      if (status === 'failed') await call.beforeSend('h');
      throw new ConnectorError('permanent', { code: 'refused', message: 'refused', details: { status: 422 } });
    };
    expect(await first.drive(items(1))).toEqual(ended('failed'));
    expect([...first.row.attempts.values()].find((one) => one.nodeId === 'ua')?.status).toBe(status);
    const second = resumed(first, plan);
    expect(await second.drive(items(1))).toEqual(ended('succeeded'));
    expect(second.sent.map((one) => one.nodeId)).toEqual(['z']);
  });
});
