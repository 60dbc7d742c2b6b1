import { newId, TransientError } from '@millwright/core';
import type { OpenAttempt, Outcome } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import type { ExecutorPorts } from '../ports.ts';
import { lostCalls } from '../remote/remote.ts';
import type { MemoryProcess } from '../testing/memory-ledger.ts';
import { DecidingWorld } from './deciding-world.ts';
import { refusal } from './testing/refusing.ts';
import { resumed } from './testing/resumed.ts';
import { planOf, World } from './world.ts';

const ended = (status: string) => ({ kind: 'ended', status });
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const away = (): never => {
  throw new TransientError({ code: 'away', message: 'away' });
};

describe('a segment that is given up', () => {
  it.each(['test.read', 'test.write'])(
    'what stayed here because of that is no answer of the service: it goes in the next try (%s)',
    async (type) => {
      const world = new World(planOf({ w: { type, parameters: { n: '{{ $json.n }}' } } }, ['t>w']));
      const begun: number[] = [];
      world.behaviour['w'] = async (call) => {
        begun.push(call.itemIndex);
        if (begun.length === 1) away();
        if (begun.length === 2) await sleep(5);
        await call.beforeSend('h');
        return { items: [{ json: {} }] };
      };
      expect(await world.drive([{ n: 0 }, { n: 1 }])).toEqual(ended('succeeded'));
      expect(begun.length).toBeGreaterThan(2);
      expect(world.output('w')).toEqual([{}, {}]);
    },
  );

  it('leaves a run that an earlier try has called as called', async () => {
    class SlowCalls extends DecidingWorld {
      override ports(process: MemoryProcess): ExecutorPorts {
        const ports = super.ports(process);
        const { children } = ports;
        if (children === undefined) return ports;
        const start: typeof children.start = async (call) => (await sleep(this.opened === 2 ? 5 : 0), children.start(call));
        return { ...ports, children: { ...children, start } };
      }
    }
    const call = { type: 'core.callWorkflow', parameters: { workflow: 'wf_called', mode: 'list', wait: true } };
    const world = new SlowCalls(planOf({ c: call, w: 'test.write' }, ['t>c', 't>w']));
    world.behaviour['w'] = async (one) => {
      if (world.opened < 3) {
        await sleep(world.opened === 1 ? 20 : 0);
        away();
      }
      return world.usual(one);
    };
    expect(await world.drive([{}])).toMatchObject({ kind: 'waiting' });
    expect(world.opened).toBeGreaterThan(2);
    expect(world.called.map(({ parent }) => parent.attempt)).toEqual([1]);
    expect([...world.row.attempts.values()].flatMap(({ nodeId, attempt, status }) => (nodeId === 'c' ? [[attempt, status]] : []))).toEqual([
      [1, 'started'],
    ]);
  });
});

describe('remote calls that ended without a result', () => {
  const call = { nodeId: 'w', runIndex: 0, itemIndex: 0, attempt: 1 };
  const row = { ...call, class: 'write', startedAtMs: 1, finishedAtMs: 2, seq: 0 } as const;
  const lost = (outcomes: readonly Outcome[], open: readonly OpenAttempt[] = []) =>
    lostCalls([call], { isOurs: true, ended: null, outcomes, open, cancelRequested: false, losses: 0 });

  it('are still lost when a try after them was taken back, or stayed here; not when one was answered', () => {
    expect(lost([{ ...row, attempt: 2, status: 'notSent' }])).toEqual([call]);
    expect(lost([{ ...row, attempt: 2, status: 'notSent', error: { code: 'not_sent', message: 'nothing was sent' } }])).toEqual([call]);
    // As it was called before there was one code for it.
    expect(lost([{ ...row, attempt: 2, status: 'notSent', error: { code: 'segment_lost', message: 'no longer ours' } }])).toEqual([call]);
    expect(lost([{ ...row, attempt: 2, status: 'done' }])).toEqual([]);
    expect(lost([{ ...row, status: 'notSent', error: { code: 'not_connected', message: 'not connected' } }])).toEqual([]);
  });

  it('keep the number that a lost try of the segment gave them, though the run was canceled since', async () => {
    const world = new World(planOf({ w: 'test.write' }, ['t>w']));
    world.remote = 'always';
    const first = await world.process().executor.runSegment(world.input([{}]));
    if (first.kind !== 'waiting') throw new Error(first.kind);
    const error = { code: 'reset', message: 'reset' };
    const sent = { ...row, seq: 1, status: 'unknown', requestHash: 'h', error, owner: newId('owner') } as const;
    world.row.attempts.set('w:0:0:1', sent);
    world.row.cancelRequested = true;
    const again = world.input([{}], { state: first.state, segment: 2, remoteOver: [call] });
    expect(await world.process().executor.runSegment(again)).toEqual(ended('canceled'));
    expect(world.row.attempts.get('w:0:0:1')).toMatchObject({ status: 'unknown', seq: 1 });
  });
});

describe('a resumed run', () => {
  it('does not write again what was written, when a segment ends before its turn comes', async () => {
    const plan = planOf(
      { n: 'test.set', y: { type: 'test.write', settings: { onError: 'continue' } }, w: 'test.write', x: 'test.write' },
      ['t>n', 'n>w', 't>y', 't>w', 't>x'],
      { order: 'sequential' },
    );
    const first = new World(plan);
    first.behaviour['w'] = async () => refusal();
    expect(await first.drive([{}])).toEqual(ended('failed'));
    const second = resumed(first, plan);
    for (const node of ['x', 'y']) second.behaviour[node] = async () => refusal();
    expect(await second.drive([{}])).toEqual(ended('failed'));
    expect(second.sent.map(({ nodeId }) => nodeId)).toEqual(['w', 'w']);
    const third = resumed(second, plan);
    third.remote = 'always';
    expect(await third.drive([{}])).toEqual(ended('succeeded'));
    expect(third.sent.map(({ nodeId }) => nodeId)).toEqual(['y', 'x']);
  });
});
