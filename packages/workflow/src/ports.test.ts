import { describe, expect, it } from 'vitest';
import type { NodeTypeInfo } from './node-type.ts';
import { portsOf } from './ports.ts';

const info = {
  inputs: [],
  outputs: [{ name: 'rest', title: 'Rest', showIf: { parameter: 'rest', in: [true] } }],
  outputsFrom: { parameter: 'cases', name: 'id', title: 'name' },
  inputsFrom: { parameter: 'count', prefix: 'in', requiredIf: { parameter: 'all', in: [true] } },
  parameters: { properties: { count: { default: 3 }, all: { default: false } } },
} as unknown as NodeTypeInfo;

const names = (ports: readonly { readonly name: string }[]) => ports.map(({ name }) => name);

describe('ports of a node', () => {
  it('come from a list, before the fixed ones; an entry that makes no port is left out, a repeated name counts once', () => {
    const cases = [{ id: 'a', name: 'First' }, 'text', { id: '' }, { id: 'b' }, { id: 'a', name: 'Again' }];
    expect(portsOf(info, { cases, rest: true }).outputs.map(({ name, title }) => [name, title])).toEqual([
      ['a', 'First'],
      ['b', 'b'],
      ['rest', 'Rest'],
    ]);
    expect(portsOf(info, { cases: '{{ $json.cases }}' }).outputs).toEqual([]);
  });

  it('come from a number, the default of the type included, and stay within bounds', () => {
    expect(names(portsOf(info, {}).inputs)).toEqual(['in1', 'in2', 'in3']);
    expect(portsOf(info, { count: 99 }).inputs).toHaveLength(10);
    expect(portsOf(info, { count: 0 }).inputs).toHaveLength(2);
    expect(portsOf(info, { count: '{{ $json.n }}' }).inputs).toHaveLength(2);
  });

  it('are required only while the parameters say so', () => {
    expect(portsOf(info, {}).inputs[0]?.required).toBe(false);
    expect(portsOf(info, { all: true }).inputs[0]?.required).toBeUndefined();
  });
});
