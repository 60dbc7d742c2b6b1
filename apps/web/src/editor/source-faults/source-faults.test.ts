import { describe, expect, it } from 'vitest';
import { sourceFaultsIn } from './source-faults.ts';

describe('faults in sources', () => {
  it('are told by step, and other problems are none', () => {
    const values = { message: 'no', place: 'nodes/a/src/index.ts:1:2', source: 'const a = 1;' };
    const fault = { code: 'node_source_fault', level: 'error', text: '', values } as const;
    const problems = [
      { ...fault, nodeId: 'a' },
      { ...fault, nodeId: 'b' },
      { ...fault, nodeId: 'a', values: { message: 'other', place: 'x:1:1' } },
      { code: 'parameter_required', level: 'error', text: '', nodeId: 'a' } as const,
    ];
    expect(sourceFaultsIn(problems)).toEqual([
      ['a', [values, { message: 'other', place: 'x:1:1', source: '' }]],
      ['b', [values]],
    ]);
    expect(sourceFaultsIn([])).toEqual([]);
  });
});
