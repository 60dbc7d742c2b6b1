import type { NodeMemory, PlanNode, PlanSkeleton } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { ENGINE_VERSION, KEPT_VERSIONS } from '../version.ts';
import { Driver, draw, ref } from './testing.ts';

/** What a run does whose plan was compiled for the version before the rule, and for the one that has it. */
const versions = [
  { version: 1, is: 'as it began' },
  { version: 2, is: 'by the rule' },
];
const of = (engineVersion: number, skeleton: PlanSkeleton): PlanSkeleton => ({ ...skeleton, engineVersion });
const port = (name: string, required = false) => ({ port: name, required, edges: 1 });
const loop: Partial<PlanNode> = { control: 'loop', inputs: [port('main', true), port('back')] };
const section = (control: 'try' | 'compensate'): Partial<PlanNode> => ({ control, inputs: [port('main', true)], container: {} });
const going: NodeMemory = { lists: {}, facts: {} };

/** Completes a node run of a loop. */
function round(run: Driver, nodeId: string, runIndex: number): Driver {
  const outputs = { loop: ref(`${nodeId}:${runIndex}:loop`) };
  return run.send({ type: 'completed', nodeId, runIndex, outputs, memory: going, progress: true });
}

function fail(run: Driver, nodeId: string, runIndex = 0): Driver {
  const error = { code: 'bad', message: 'bad' };
  return run.send({ type: 'failed', nodeId, runIndex, error, atMs: 5000, chance: 0.5, final: false, fallback: {} });
}

it('plans are compiled for the newest version; every one since the first is kept', () => {
  expect(KEPT_VERSIONS).toEqual([1, 2]);
  expect(ENGINE_VERSION).toBe(2);
});

describe.each(versions)('a run of version $version goes on $is', ({ version }) => {
  const isNew = version === 2;

  it('what waits in a round waits for no other list of the loop', () => {
    const edges = ['t>l', 't>s', 's>l', 'l.loop>f', 'f.yes>m', 'f.no>m.second', 'm>l.back', 'l.done>z'];
    const run = new Driver(of(version, draw(edges, { l: loop, m: { inputs: [port('main'), port('second')] } })));
    round(run, 'l', 0).done('f', { yes: 1, no: 0 });
    expect(run.log.at(-1)).toBe(isNew ? 'run m:0' : 'run l:1');
  });

  it('executeOnce: a wait hands on its first item', () => {
    const run = new Driver(of(version, draw(['t>w', 'w>b'], { w: { control: 'wait', effect: 'wait', executeOnce: true } })), 't', 3);
    run.send({ type: 'waiting', nodeId: 'w', runIndex: 0, waitsFor: { kind: 'timer', untilMs: 9000 } });
    run.send({ type: 'timer', nodeId: 'w', runIndex: 0, seq: 1 });
    expect(run.state.active[0]?.inputs['main']).toMatchObject({ id: 'w:0:main', count: isNew ? 1 : 3 });
    expect(run.lists).toHaveLength(isNew ? 1 : 0);
  });

  it('a run that fails while a section is being undone ends when that is done', () => {
    const edges = ['t>y', 'y.try>p', 'p.do>a', 'a>p.result', 'p.undo>u', 'p.main>b', 'b>y.result', 't>c'];
    const run = new Driver(of(version, draw(edges, { y: section('try'), p: section('compensate') })));
    fail(run.done('a'), 'b');
    expect(run.log.at(-1)).toBe('run u:0');
    fail(run, 'c');
    expect(run.log.at(-1)).toBe(isNew ? 'canceled y:0' : 'end failed error');
    if (isNew) run.done('u');
    expect(run.state.ended).toMatchObject({ status: 'failed', error: { nodeId: 'c' } });
    expect(run.log.includes('canceled u:0')).toBe(!isNew);
  });

  it('in sequential order a loop goes round before what waits in vain elsewhere', () => {
    const m = { inputs: [port('main', true), port('second', true)] };
    const n = { inputs: [port('main'), port('second')] };
    const edges = ['t>f', 'g.yes>m', 'g.no>m.second', 'f.yes>n', 'f.no>n.second', 'f.on>l', 'l.loop>g', 'm>l.back', 'l.done>z'];
    const run = new Driver(of(version, draw(edges, { m, n, l: loop }, 'sequential')));
    round(run.done('f', { on: 1, yes: 1, no: 0 }), 'l', 0).done('g', { yes: 1, no: 0 });
    round(run, 'l', 1).done('g', { yes: 1, no: 0 }, 1);
    expect(run.log.at(-1)).toBe(isNew ? 'run l:2' : 'run n:0');
  });
});
