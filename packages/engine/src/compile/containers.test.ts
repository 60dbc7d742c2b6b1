import { describe, expect, it } from 'vitest';
import { checkDocument, compile } from '../compile.ts';
import { documentOf, testCatalog } from './testing.ts';

type Nodes = Parameters<typeof documentOf>[0];

function codes(nodes: Nodes, edges: readonly string[], level = 'error'): string[] {
  return checkDocument(documentOf(nodes, edges), testCatalog)
    .filter((problem) => problem.level === level)
    .map(({ code, nodeId, hint }) => {
      expect(hint ?? '').not.toBe('');
      return `${code} ${nodeId}`;
    });
}

const inM = { type: 'test.any', parent: 'm' };
const t = 'core.manual';
const sound = ['t>m', 'm.each>a', 'a>m.collect', 'm.main>z'];

describe('publishing refuses', () => {
  it.each<[string, Nodes, readonly string[], string]>([
    ['a line over the border of a section', { t, m: 'core.map', a: inM, z: 'test.any' }, [...sound, 'a>z'], 'edge_crosses_border z'],
    [
      'a line into a section past its entry',
      { t, m: 'core.map', a: inM, b: inM, z: 'test.any' },
      [...sound, 't>b'],
      'edge_crosses_border b',
    ],
    ['an inner output that leads outside', { t, m: 'core.map', a: inM, z: 'test.any' }, [...sound, 'm.each>z'], 'edge_crosses_border z'],
    ['an outer output that leads inside', { t, m: 'core.map', a: inM, z: 'test.any' }, [...sound, 'm.main>a'], 'edge_crosses_border a'],
    ['a result that comes from outside', { t, m: 'core.map', a: inM, z: 'test.any' }, [...sound, 't>m.collect'], 'edge_crosses_border m'],
    ['a line straight through', { t, m: 'core.map', a: inM, z: 'test.any' }, [...sound, 'm.each>m.collect'], 'edge_crosses_border m'],
    ['a parent that holds nothing', { t, p: 'test.any', a: { type: 'test.any', parent: 'p' } }, ['t>p', 'p>a'], 'parent_not_container a'],
    [
      'sections inside one another',
      { t, m: { type: 'core.map', parent: 'n' }, n: { type: 'core.try', parent: 'm' } },
      ['t>m', 'm.each>n', 'n.try>m'],
      'parent_cycle m',
    ],
    ['a section with nothing inside', { t, m: 'core.map' }, ['t>m'], 'container_empty m'],
    ['a section that nothing leads into', { t, m: 'core.map', a: inM }, ['t>m', 'a>m.collect'], 'container_entry_missing m'],
    ['a trigger inside', { t, m: 'core.map', a: inM, u: { type: t, parent: 'm' } }, ['t>m', 'm.each>a', 'u>a'], 'trigger_in_container u'],
    [
      'an answer per item',
      { t: { type: 'core.webhook', parameters: { answer: 'respond' } }, m: 'core.map', a: { type: 'core.respond', parent: 'm' } },
      ['t>m', 'm.each>a'],
      'respond_in_map a',
    ],
    [
      'a merge of what never runs together',
      {
        t,
        y: 'core.try',
        a: { type: 'test.any', parent: 'y' },
        c: { type: 'test.any', parent: 'y' },
        j: { type: 'test.merge', parent: 'y' },
      },
      ['t>y', 'y.try>a', 'y.catch>c', 'a>j.left', 'c>j.right', 'j>y.result'],
      'merge_never_released j',
    ],
    [
      'a cycle inside that nothing can end',
      { t, m: 'core.map', a: inM, b: inM },
      ['t>m', 'm.each>a', 'a>b', 'b>a', 'b>m.collect'],
      'cycle_endless a',
    ],
    [
      'a window out of bounds',
      { t, m: { type: 'core.map', parameters: { window: 101 } }, a: inM },
      ['t>m', 'm.each>a'],
      'parameter_value m',
    ],
  ])('%s', (_name, nodes, edges, expected) => {
    expect(codes(nodes, edges)).toContain(expected);
    expect(compile(documentOf(nodes, edges), testCatalog).plan).toBeNull();
  });
});

describe('publishing accepts', () => {
  it('a section whose steps lead back to it', () => {
    expect(codes({ t, m: 'core.map', a: inM, z: 'test.any' }, sound)).toEqual([]);
  });

  it('a loop inside a section, and a section inside a loop', () => {
    const loop = { type: 'core.loop', parent: 'm' };
    expect(codes({ t, m: 'core.map', l: loop, a: inM }, ['t>m', 'm.each>l', 'l.loop>a', 'a>l', 'l.done>m.collect'])).toEqual([]);
    const around = compile(
      documentOf({ t, l: 'core.loop', m: 'core.map', a: inM }, ['t>l', 'l.loop>m', 'm.each>a', 'a>m.collect', 'm.main>l']),
      testCatalog,
    );
    expect(around.plan?.skeleton.nodes.find((node) => node.id === 'm')?.outputs['main']).toEqual([{ to: 'l', input: 'back' }]);
  });

  it('with a warning a section that nothing leads out of', () => {
    expect(codes({ t, m: 'core.map', a: inM, z: 'test.any' }, ['t>m', 'm.each>a', 'm.main>z'], 'warning')).toEqual([
      'container_exit_missing m',
    ]);
    expect(codes({ t, m: 'core.map', a: inM }, ['t>m', 'm.each>a'], 'warning')).toEqual([]);
  });

  it('with a warning retries and time limits that would do nothing', () => {
    const settings = { retry: { maxAttempts: 3 }, timeoutMs: 1000 };
    const edges = ['t>m', 'm.each>a', 'a>m.collect'];
    expect(codes({ t, m: { type: 'core.map', settings }, a: inM }, edges, 'warning')).toEqual(['setting_unused m', 'setting_unused m']);
    expect(codes({ t, m: 'core.map', a: { ...inM, settings } }, edges, 'warning')).toEqual([]);
    const call = { type: 'core.callWorkflow', parameters: { workflow: 'wf_1' }, settings };
    expect(codes({ t, c: call }, ['t>c'], 'warning')).toEqual(['setting_unused c']);
  });
});

it('the plan knows what the engine needs of a container, and no inner input', () => {
  const nodes: Nodes = {
    t,
    m: { type: 'core.map', parameters: { window: 3, onItemError: 'collect' }, settings: { retry: { maxAttempts: 3 } } },
    a: inM,
    z: 'test.any',
  };
  const plan = compile(documentOf(nodes, sound), testCatalog).plan;
  expect(plan?.skeleton.nodes.find((node) => node.id === 'm')).toMatchObject({
    control: 'map',
    container: { window: 3, collect: true },
    retry: null,
    inputs: [{ port: 'main', edges: 1 }],
    outputs: { each: [{ to: 'a', input: 'main' }], main: [{ to: 'z', input: 'main' }] },
  });
});
