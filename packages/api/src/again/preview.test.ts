import type { again } from '@millwright/db';
import type { PlanNode, PlanNodeConfig } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { previewOf, type PlanView, type PreviewParts } from './preview.ts';

interface NodeSketch {
  readonly to?: readonly string[];
  readonly control?: PlanNode['control'];
  readonly kind?: PlanNode['kind'];
  /** Where other ports lead. */
  readonly ports?: Readonly<Record<string, string>>;
  readonly effect?: PlanNode['effect'];
  readonly hash?: string;
  readonly parameters?: PlanNodeConfig['parameters'];
}

const DYNAMIC = { text: '{{ $json.a }}' };

function planOf(nodes: Readonly<Record<string, NodeSketch>>): PlanView {
  const sketches = Object.entries(nodes);
  return {
    skeleton: {
      engineVersion: 1,
      planHash: 'p',
      order: 'parallel',
      timeoutMs: null,
      nodes: sketches.map(([id, { to = [], effect = 'pure', control = null, ports = {}, kind }]) => ({
        id,
        type: 'x',
        version: 1,
        control,
        effect,
        kind: kind ?? (id === 't' ? 'trigger' : 'action'),
        inputs: [],
        outputs: {
          main: to.map((target) => ({ to: target, input: 'main' })),
          ...Object.fromEntries(Object.entries(ports).map(([port, target]) => [port, [{ to: target, input: 'main' }]])),
        },
        onError: 'stop',
        onLostAnswer: 'ask',
        retry: null,
        timeoutMs: 1,
        disabled: false,
        executeOnce: false,
        alwaysOutput: false,
        refs: [],
      })),
    },
    configs: Object.fromEntries(
      sketches.map(([id, { hash = 'h', parameters = {} }]) => [
        id,
        { name: id.toUpperCase(), parameters, credentials: {}, configHash: hash },
      ]),
    ),
  };
}

const done = (nodeId: string, more: Partial<again.EffectCount> = {}): again.EffectCount => ({
  nodeId,
  class: 'write',
  isTimer: false,
  status: 'done',
  configHash: 'h',
  isKept: true,
  count: 1,
  ...more,
});

const plan = planOf({
  t: { to: ['edit'] },
  edit: { to: ['w'], parameters: DYNAMIC },
  w: { to: ['fixed'], effect: 'write', parameters: DYNAMIC },
  fixed: { to: ['after'], effect: 'write' },
  after: { effect: 'write', parameters: DYNAMIC },
});
const parts = (more: Partial<PreviewParts> = {}): PreviewParts => ({
  effects: [
    done('w', { count: 308 }),
    done('w', { status: 'failed', configHash: null, isKept: false, count: 4 }),
    done('fixed'),
    done('after'),
  ],
  nodeRuns: [{ nodeId: 'w', status: 'failed' }],
  from: plan,
  to: plan,
  triggerNodeId: 't',
  input: 'same',
  ...more,
});

describe('the preview of a resume', () => {
  it('counts what is skipped and names what runs again', () => {
    expect(previewOf(parts())).toEqual({
      skipped: [
        { nodeId: 'w', name: 'W', count: 308 },
        { nodeId: 'fixed', name: 'FIXED', count: 1 },
        { nodeId: 'after', name: 'AFTER', count: 1 },
      ],
      again: [{ nodeId: 'w', name: 'W' }],
      changed: [],
      blocked: [],
    });
  });

  it('with another input asks about writes that read it, and not beyond a request that is always the same', () => {
    expect(previewOf(parts({ input: 'edited' })).changed).toEqual([{ nodeId: 'w', name: 'W', why: 'input' }]);
  });

  it('with another configuration asks about the write, and about those that read its answer', () => {
    const to = planOf({
      t: { to: ['edit'] },
      edit: { to: ['w'], parameters: DYNAMIC },
      w: { to: ['fixed'], effect: 'write', parameters: DYNAMIC },
      fixed: { to: ['after'], effect: 'write', hash: 'new' },
      after: { effect: 'write', parameters: DYNAMIC },
    });
    expect(previewOf(parts({ to })).changed).toEqual([
      { nodeId: 'fixed', name: 'FIXED', why: 'configuration' },
      { nodeId: 'after', name: 'AFTER', why: 'input' },
    ]);
  });

  it('does not ask about what a changed step after it does', () => {
    const to = planOf({
      t: { to: ['edit'] },
      edit: { to: ['w'], parameters: DYNAMIC },
      w: { to: ['fixed'], effect: 'write', parameters: DYNAMIC },
      fixed: { to: ['after'], effect: 'write' },
      after: { effect: 'write', parameters: DYNAMIC, hash: 'new' },
    });
    expect(previewOf(parts({ to, effects: [done('w'), done('fixed')] })).changed).toEqual([]);
  });

  it('says what cannot be gone on with: a write that is gone, an answer or an input that was not kept', () => {
    const to = planOf({ t: { to: ['w'] }, w: { effect: 'write', parameters: DYNAMIC } });
    const { blocked } = previewOf(parts({ to, effects: [done('w', { isKept: false }), done('fixed')], input: 'lost' }));
    expect(blocked).toEqual([
      { nodeId: 't', name: 'T', why: 'inputNotKept' },
      { nodeId: 'w', name: 'W', why: 'answerNotKept' },
      { nodeId: 'fixed', name: 'FIXED', why: 'removed' },
    ]);
    expect(previewOf(parts({ to: planOf({ w: { effect: 'write' } }), effects: [] })).blocked).toMatchObject([
      { nodeId: 't', why: 'removed' },
    ]);
  });

  it('reads anew what was read by another configuration, and does not mind a read that is gone', () => {
    const effects = [done('after', { class: 'read', configHash: 'old' }), done('gone', { class: 'read' })];
    expect(previewOf(parts({ effects, nodeRuns: [] }))).toEqual({
      skipped: [],
      again: [{ nodeId: 'after', name: 'AFTER' }],
      changed: [],
      blocked: [],
    });
  });

  it('refuses a version in which the trigger has become something else', () => {
    const to = planOf({ t: { to: ['a'], kind: 'transform' }, a: { effect: 'write' } });
    expect(previewOf(parts({ effects: [], to })).blocked).toEqual([{ nodeId: 't', name: 'T', why: 'removed' }]);
  });

  it('names what was undone as done anew, and never the undoing itself', () => {
    const sections = planOf({
      t: { to: ['p'] },
      p: { to: ['z'], control: 'compensate', ports: { do: 'a', undo: 'ua' } },
      a: { effect: 'write', to: ['p'] },
      ua: { effect: 'write' },
      z: { effect: 'write' },
    });
    const undone = (status: 'done' | 'failed' | 'open') =>
      parts({
        effects: [done('a'), done('ua', { status }), done('z', { status: 'failed' })],
        nodeRuns: ['z', ...(status === 'failed' ? ['ua'] : [])].map((nodeId) => ({ nodeId, status: 'failed' as const })),
        from: sections,
        to: sections,
      });
    const all = { skipped: [], again: [{ nodeId: 'a' }, { nodeId: 'z' }], changed: [], blocked: [] };
    expect(previewOf(undone('done'))).toMatchObject(all);
    // Refused, or its answer lost: what was done stays.
    for (const status of ['failed', 'open'] as const)
      expect(previewOf(undone(status))).toMatchObject({ skipped: [{ nodeId: 'a', count: 1 }], again: [{ nodeId: 'z' }] });
  });

  it('names a step of many sections as skipped where an undo is not known to be done, and as done anew for the others', () => {
    const sections = planOf({
      t: { to: ['l'] },
      l: { to: ['z'], control: 'loop', ports: { loop: 'p' } },
      p: { to: ['l'], control: 'compensate', ports: { do: 'a', undo: 'ua' } },
      a: { effect: 'write', to: ['p'] },
      ua: { effect: 'write' },
      z: { effect: 'write' },
    });
    const effects = [done('a', { count: 3 }), done('ua', { count: 2 }), done('ua', { status: 'open' }), done('z', { status: 'failed' })];
    const nodeRuns = [{ nodeId: 'z', status: 'failed' as const }];
    expect(previewOf(parts({ effects, nodeRuns, from: sections, to: sections }))).toMatchObject({
      skipped: [{ nodeId: 'a', count: 1 }],
      again: [{ nodeId: 'a' }, { nodeId: 'z' }],
    });
  });
});
