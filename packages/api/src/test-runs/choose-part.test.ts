import { readParts } from '@millwright/engine/compile';
import { sketchDocument, type EdgeSketch, type NodeSketch } from '@millwright/testing';
import { describe, expect, it } from 'vitest';
import { testCatalog } from '../testing/test-catalog.ts';
import { cacheKey, type Roots } from './cache-keys.ts';
import { choosePart, triggerOf, type Available, type PartRequest } from './choose-part.ts';

const set = (id: string, parent?: string): NodeSketch => {
  const sketch = [id, 'core.editFields', { assignments: [] }, {}] as const;
  return parent === undefined ? sketch : [...sketch, parent];
};
const view = (nodes: readonly NodeSketch[], edges: readonly EdgeSketch[]) => readParts(sketchDocument('T', nodes, edges), testCatalog);
const manual: NodeSketch = ['t', 'core.manual'];

interface Known {
  readonly reused?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly repeated?: readonly string[];
  readonly pinned?: readonly string[];
}

function choose(nodes: readonly NodeSketch[], edges: readonly EdgeSketch[], asked: Partial<PartRequest>, known: Known = {}) {
  const request: PartRequest = { mode: 'toHere', hasInput: false, dryRun: false, ...asked };
  const seen = view(nodes, edges);
  const available = new Map<string, Available>();
  for (const [id, ports] of Object.entries(known.reused ?? {}))
    available.set(id, { how: 'reused', isRepeated: known.repeated?.includes(id) === true, count: (port) => ports[port] });
  for (const id of known.pinned ?? []) available.set(id, { how: 'pinned', isRepeated: false, count: () => 1 });
  const { part, notTaken, unneeded, entersTrigger } = choosePart({
    view: seen,
    request,
    triggerId: triggerOf(seen, request, () => 0),
    available,
  });
  const ids = (some: ReadonlySet<string>) => [...some].toSorted().join(' ');
  return {
    running: ids(part.running),
    passed: ids(part.passed),
    opened: ids(part.opened),
    start: part.triggerId,
    notTaken: ids(notTaken),
    unneeded: ids(unneeded),
    entersTrigger,
  };
}

const code = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
};

describe('to here', () => {
  it('goes back to what is there, and leaves out what is not needed', () => {
    const nodes = [manual, set('a'), set('b'), set('c'), set('d'), set('side')];
    const edges = ['t -> a', 'a -> b', 'b -> c', 'c -> d', 'a -> side'];
    expect(choose(nodes, edges, { nodeId: 'c' })).toMatchObject({ running: 'a b c t', opened: '', start: 't' });
    expect(choose(nodes, edges, { nodeId: 'c' }, { reused: { a: { main: 1 }, t: { main: 1 } } })).toMatchObject({
      running: 'b c',
      opened: 'a',
      start: null,
      unneeded: 't',
    });
    // An input of its own is another one than what was reused.
    expect(choose(nodes, edges, { nodeId: 'c', hasInput: true }, { reused: { t: { main: 1 } } })).toMatchObject({
      running: 'a b c t',
      start: 't',
    });
  });

  it('in a loop or a section does not go on behind it', () => {
    const loop: readonly NodeSketch[] = [manual, ['l', 'core.loop'], set('a'), set('b'), set('after')];
    const edges = ['t -> l', 'l:loop -> a', 'a -> b', 'b -> l:back', 'l:done -> after'];
    expect(choose(loop, edges, { nodeId: 'a' })).toMatchObject({ running: 'a l t' });
    expect(choose(loop, edges, { nodeId: 'after' })).toMatchObject({ running: 'a after b l t' });
    const map: readonly NodeSketch[] = [manual, ['m', 'core.map'], set('a', 'm'), set('b', 'm'), set('after')];
    const inner = ['t -> m', 'm:each -> a', 'a -> b', 'b -> m:collect', 'm -> after'];
    expect(choose(map, inner, { nodeId: 'a' })).toMatchObject({ running: 'a m t' });
    expect(choose(map, inner, { nodeId: 'after' })).toMatchObject({ running: 'a after b m t' });
    // Nothing of a section or a loop that runs is given from outside; what is pinned in it is given each time.
    expect(choose(map, inner, { nodeId: 'after' }, { reused: { a: { main: 1 } } })).toMatchObject({ running: 'a after b m t', opened: '' });
    expect(choose(map, inner, { nodeId: 'after' }, { pinned: ['a'] })).toMatchObject({ running: 'after b m t', passed: 'a', opened: '' });
    expect(choose(loop, edges, { nodeId: 'after' }, { reused: { a: { main: 1 } } })).toMatchObject({
      running: 'a after b l t',
      opened: '',
    });
    expect(choose(map, inner, { nodeId: 'b' }, { pinned: ['a'] })).toMatchObject({ running: 'b', opened: 'a' });
    expect(choose(loop, edges, { nodeId: 'b' }, { reused: { a: { main: 1 } } })).toMatchObject({ running: 'b', opened: 'a' });
    // What a step gave last in a round is not all that it gave.
    expect(choose(map, inner, { nodeId: 'b' }, { reused: { a: { main: 1 } }, repeated: ['a'] })).toMatchObject({ running: 'a b m t' });
  });

  it('begins at one trigger only', () => {
    const nodes: readonly NodeSketch[] = [manual, ['u', 'core.manual'], set('a')];
    const edges = ['t -> a', 'u -> a'];
    expect(choose(nodes, edges, { nodeId: 'a' }, { pinned: ['u'] })).toMatchObject({ running: 'a t', start: 't' });
    expect(code(() => choose(nodes, edges, { mode: 'whole' }))).toBe('test_trigger_ambiguous');
    expect(code(() => choose([set('a')], [], { mode: 'whole' }))).toBe('test_trigger_missing');
  });
});

describe('this node, and from here', () => {
  const nodes: readonly NodeSketch[] = [
    manual,
    ['i', 'core.if', { conditions: [] }],
    set('yes'),
    set('no'),
    ['m', 'core.merge'],
    set('end'),
  ];
  const edges = ['t -> i', 'i:true -> yes', 'i:false -> no', 'yes -> m:in1', 'no -> m:in2', 'm -> end'];

  it('know a branch that was not taken from one of which nothing is known', () => {
    const reused = { t: { main: 1 }, i: { true: 1, false: 0 }, yes: { main: 1 } };
    expect(choose(nodes, edges, { mode: 'thisNode', nodeId: 'm' }, { reused })).toMatchObject({
      running: 'm',
      opened: 'no yes',
      notTaken: 'no',
    });
    expect(code(() => choose(nodes, edges, { mode: 'thisNode', nodeId: 'm' }, { reused: { yes: { main: 1 } } }))).toBe(
      'test_input_missing',
    );
    expect(code(() => choose(nodes, edges, { mode: 'thisNode', nodeId: 'no' }, { reused }))).toBe('test_input_missing');
  });

  it('take the other branches of what follows from before', () => {
    const reused = { i: { true: 1, false: 1 }, no: { main: 1 } };
    expect(choose(nodes, edges, { mode: 'fromHere', nodeId: 'yes' }, { reused })).toMatchObject({ running: 'end m yes', opened: 'i no' });
    expect(choose(nodes, edges, { mode: 'fromHere', nodeId: 'yes' }, { reused, pinned: ['m'] })).toMatchObject({
      running: 'end yes',
      passed: 'm',
      opened: 'i',
    });
  });

  it('stay in the section that they begin in', () => {
    const map: readonly NodeSketch[] = [manual, ['m', 'core.map'], set('a', 'm'), set('b', 'm'), set('after')];
    const inner = ['t -> m', 'm:each -> a', 'a -> b', 'b -> m:collect', 'm -> after'];
    expect(choose(map, inner, { mode: 'fromHere', nodeId: 'a', hasInput: true })).toMatchObject({ running: 'a b', opened: '' });
    expect(choose(map, inner, { mode: 'thisNode', nodeId: 'm', hasInput: true })).toMatchObject({ running: 'a b m' });
    expect(code(() => choose(map, inner, { mode: 'thisNode', nodeId: 'a' }, { reused: { m: { main: 1 } } }))).toBe('test_input_missing');
  });

  it('leave the inside of a pinned section alone', () => {
    const map: readonly NodeSketch[] = [manual, ['m', 'core.map'], set('a', 'm'), set('after')];
    const inner = ['t -> m', 'm:each -> a', 'a -> m:collect', 'm -> after'];
    expect(choose(map, inner, { mode: 'whole' }, { pinned: ['m'] })).toMatchObject({ running: 'after t', passed: 'm' });
  });

  it('name the step that is not there', () => {
    expect(code(() => choose(nodes, edges, { mode: 'thisNode', nodeId: 'nobody' }))).toBe('test_node_unknown');
    expect(code(() => choose(nodes, edges, { mode: 'thisNode' }))).toBe('test_node_missing');
  });
});

describe('a cache key', () => {
  const roots: Roots = { triggerId: 't', itemsHash: 'h', pins: new Map(), simulated: new Set(), values: {} };
  const nodes = (value: string): NodeSketch[] => [
    manual,
    ['a', 'core.editFields', { assignments: [{ name: 'x', value }] }],
    set('b'),
    set('side'),
  ];
  const edges = ['t -> a', 'a -> b', 't -> side'];
  const key = (value: string, more: Partial<Roots> = {}, lines = edges, id = 'b') =>
    cacheKey(view(nodes(value), lines), { ...roots, ...more }, id);

  it('changes with every configuration, line, item and pin before the node, and with nothing else', () => {
    const same = key('1');
    expect(key('1')).toBe(same);
    const others = [
      key('2'),
      key('1', { itemsHash: 'other' }),
      key('1', {}, ['t -> a', 't -> b']),
      key('1', { pins: new Map([['a', 'p']]) }),
      key('1', { simulated: new Set(['a']) }),
    ];
    expect(new Set([same, ...others]).size).toBe(6);
    expect(key('2', {}, edges, 'side')).toBe(key('1', {}, edges, 'side'));
    // Behind a pin it does not matter what there was.
    expect(key('1', { pins: new Map([['a', 'p']]) })).toBe(key('2', { pins: new Map([['a', 'p']]), itemsHash: 'other' }));
  });
});
