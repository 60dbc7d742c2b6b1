import { describe, expect, it } from 'vitest';
import { checkDocument, compile } from '../compile.ts';
import { documentOf, testCatalog } from './testing.ts';

type Nodes = Parameters<typeof documentOf>[0];

/** Problems as `code field`. */
function problems(nodes: Nodes, edges: readonly string[]): readonly string[] {
  const found = checkDocument(documentOf(nodes, edges), testCatalog);
  return found.map(({ code, hint, field }) => `${code}${hint === undefined ? ' without hint' : ''} ${field}`);
}

const condition = { conditions: [{ left: '{{ $json.n }}', operator: 'equals', right: 1 }] };
const cases = (...ids: readonly string[]) => ids.map((id) => ({ id, name: id.toUpperCase(), ...condition }));
const typed = (type: string, parameters: object) => ({ type, parameters: parameters as never });

describe('ports that parameters make', () => {
  it('of a switch are its cases, and the fallback where there is one', () => {
    const nodes = (parameters: object): Nodes => ({ t: 'core.manual', s: typed('core.switch', parameters), a: 'test.any', b: 'test.any' });
    expect(problems(nodes({ cases: cases('one') }), ['t>s', 's.one>a', 's.one>b'])).toEqual([]);
    expect(problems(nodes({ cases: cases('one') }), ['t>s', 's.one>a', 's.fallback>b'])).toContain('port_unknown outputs.fallback');
    expect(problems(nodes({ cases: cases('one'), fallback: 'output' }), ['t>s', 's.one>a', 's.fallback>b'])).toEqual([]);
    const both = documentOf(nodes({ cases: cases('one', 'two'), fallback: 'output' }), ['t>s', 's.two>a', 's.fallback>b']);
    expect(compile(both, testCatalog).plan?.skeleton.nodes.find((node) => node.id === 's')?.outputs).toEqual({
      one: [],
      two: [{ to: 'a', input: 'main' }],
      fallback: [{ to: 'b', input: 'main' }],
    });
  });

  it('of a merge are as many inputs as it says', () => {
    const nodes = (parameters: object): Nodes => ({ t: 'core.manual', m: typed('core.merge', parameters) });
    expect(problems(nodes({}), ['t>m.in1', 't>m.in2'])).toEqual([]);
    expect(problems(nodes({}), ['t>m.in1', 't>m.in3'])).toEqual(['port_unknown inputs.in3']);
    expect(problems(nodes({ inputs: 3 }), ['t>m.in1', 't>m.in3'])).toEqual([]);
  });
});

describe('publishing refuses, with a hint,', () => {
  it.each<[string, Nodes, readonly string[], string]>([
    ['an unknown node type', { t: 'core.manual', x: 'nobody.knows' }, ['t>x'], 'node_type_unknown type'],
    ['an unknown version', { t: 'core.manual', x: { type: 'core.merge', version: 7 } }, ['t>x'], 'node_version_unknown version'],
    ['a port that does not exist', { t: 'core.manual', x: 'test.any' }, ['t>x.in9'], 'port_unknown inputs.in9'],
    ['a cycle that nothing ends', { t: 'core.manual', x: 'test.any', y: 'test.any' }, ['t>x', 'x>y', 'y>x'], 'cycle_endless outputs'],
    [
      'two cases with one id',
      { t: 'core.manual', s: typed('core.switch', { cases: [...cases('one'), { ...cases('one')[0], name: 'Other' }] }) },
      ['t>s'],
      'port_duplicate parameters.cases[1].id',
    ],
    [
      'two cases with one name',
      { t: 'core.manual', s: typed('core.switch', { cases: [...cases('one'), { ...cases('one')[0], id: 'two' }] }) },
      ['t>s'],
      'port_duplicate parameters.cases[1].name',
    ],
    [
      'a case with the id of another port',
      { t: 'core.manual', s: typed('core.switch', { cases: cases('fallback') }) },
      ['t>s'],
      'port_duplicate parameters.cases[0].id',
    ],
    [
      'required inputs that no run can fill: from two triggers',
      { t: 'core.manual', u: 'core.webhook', m: 'test.merge' },
      ['t>m.left', 'u>m.right'],
      'merge_never_released inputs.right',
    ],
    [
      'required inputs that no run can fill: one comes only from what follows',
      { t: 'core.manual', m: 'test.merge', i: typed('core.if', condition), x: 'test.any' },
      ['t>m.left', 'm>i', 'i.true>m.right', 'i.false>x'],
      'merge_never_released inputs.right',
    ],
  ])('%s', (_name, nodes, edges, expected) => {
    expect(problems(nodes, edges)).toContain(expected);
  });

  it('not inputs of which one trigger of several feeds all, and not a merge that takes what there is', () => {
    expect(problems({ t: 'core.manual', u: 'core.webhook', m: 'test.merge' }, ['t>m.left', 't>m.right', 'u>m.right'])).toEqual([]);
    expect(problems({ t: 'core.manual', u: 'core.webhook', m: 'core.merge' }, ['t>m.in1', 'u>m.in2'])).toEqual([]);
  });
});

describe('loops', () => {
  /** Lines into the way back. */
  const returning = (nodes: Nodes, edges: readonly string[]): readonly string[] => {
    const { plan, problems: found } = compile(documentOf(nodes, edges), testCatalog);
    expect(found).toEqual([]);
    return (plan?.skeleton.nodes ?? []).flatMap((node) =>
      Object.values(node.outputs).flatMap((targets) => targets.filter(({ input }) => input === 'back').map(({ to }) => `${node.id}>${to}`)),
    );
  };

  it('a line from inside into the ordinary input is the way back; lines from outside are not', () => {
    const nodes: Nodes = { t: 'core.manual', l: 'core.loop', a: 'test.any', z: 'test.any' };
    expect(returning(nodes, ['t>l', 'l.loop>a', 'a>l', 'l.done>z'])).toEqual(['a>l']);
  });

  it('nested loops can end, and an inner one that is left early does not swallow the outer one', () => {
    const nodes: Nodes = { t: 'core.manual', o: 'core.loop', a: 'test.any', i: 'core.loop', f: typed('core.if', condition) };
    expect(returning(nodes, ['t>o', 'o.loop>a', 'a>i', 'i.loop>f', 'f.true>i', 'f.false>o', 'i.done>o'])).toEqual(['i>o', 'f>i', 'f>o']);
  });

  it('a loop that is off hands on as done and goes round no more', () => {
    const off = { type: 'core.loop', settings: { disabled: true } };
    expect(problems({ t: 'core.manual', l: off, a: 'test.any', z: 'test.any' }, ['t>l', 'l.loop>a', 'a>l', 'l.done>z'])).toEqual([]);
  });
});
