import { describe, expect, it } from 'vitest';
import { advance } from './advance.ts';
import { draw } from './testing.ts';

const skeleton = draw(['t>w', 'w>b'], { t: { kind: 'trigger' }, w: { effect: 'write' } });

function asking() {
  const ref = { id: 't:0:main', count: 1, sizeBytes: 0, inline: [{ json: {} }] };
  const { state } = advance(skeleton, null, { type: 'started', nodeId: 't', ref, timeMs: 1, startedAtMs: 1 });
  return advance(skeleton, state, { type: 'waiting', nodeId: 'w', runIndex: 0, waitsFor: { kind: 'outcome' } }).state;
}

describe('a decision about a node run that waits', () => {
  it('takes a number, lets it run again without another command, and is where later segments read from', () => {
    const { state, commands } = advance(skeleton, asking(), { type: 'decided', nodeId: 'w', runIndex: 0, seq: 1 });
    expect(commands).toEqual([]);
    expect(state).toMatchObject({ seq: 1, active: [{ nodeId: 'w', status: 'running', since: 0 }] });
    expect(state.active[0]).not.toHaveProperty('waitsFor');
    const opened = advance(skeleton, state, { type: 'opened', timeMs: 2 });
    expect(opened.commands).toMatchObject([{ type: 'run', activation: { nodeId: 'w' } }]);
  });

  it('out of order is a fault', () => {
    expect(() => advance(skeleton, asking(), { type: 'decided', nodeId: 'w', runIndex: 0, seq: 2 })).toThrow(/outcome 2 after 0/);
  });
});
