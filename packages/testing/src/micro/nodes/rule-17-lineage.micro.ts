import type { NodeSketch } from '../../documents.ts';
import type { Micro, MicroRule } from '../micro.ts';
import { VENDOR } from '../micro.ts';
import { above, ifNode, loop, merge, only, pass, set, src, t, when } from '../sketches.ts';

const z = only('z', { of: "{{ $('src').item.json.id }}" });
const rows = [
  { id: 1, n: 10, xs: ['a', 'b'] },
  { id: 2, n: 20, xs: ['c'] },
];
const of = (...ids: readonly number[]) => ids.map((id) => ({ of: id }));

/** `src`, one step between, then `z`, which asks for the item of `src` that each of its items came from. */
function through(name: string, step: NodeSketch, [gives, port = 'main']: readonly [gives: readonly number[], port?: string]): Micro {
  return {
    name: `through ${name}`,
    nodes: [t, src, step, z],
    edges: ['t -> src', `src -> ${step[0]}`, `${step[0]}:${port} -> z`],
    start: { rows },
    expected: { ran: ['t', 'src', step[3]?.['disabled'] === true ? `${step[0]}=skipped` : step[0], 'z'], gave: { z: of(...gives) } },
  };
}

const steps: readonly Micro[] = [
  through('edit fields, though none are kept', only('a', { other: true }), [[1, 2]]),
  through('no operation', ['a', 'core.noOp'], [[1, 2]]),
  through('a disabled step', set('a', {}, { disabled: true }), [[1, 2]]),
  through('executeOnce', only('a', { other: true }, { executeOnce: true }), [[1]]),
  through('if', ifNode('a', when('{{ $json.id }}', 'equals', 2)), [[2], 'true']),
  through('filter', above('a', 15), [[2]]),
  through('switch', ['a', 'core.switch', { cases: [{ id: 'two', name: 'Two', ...when('{{ $json.id }}', 'equals', 2) }] }], [[2], 'two']),
  through('split out', ['a', 'core.splitOut', { field: 'xs' }], [[1, 1, 2]]),
  through('limit', ['a', 'core.limit', { keep: 'last' }], [[2]]),
  through('sort', ['a', 'core.sort', { by: [{ field: 'n', order: 'descending' }] }], [[2, 1]]),
  through('remove duplicates', ['a', 'core.removeDuplicates', {}], [[1, 2]]),
  through('wait', ['a', 'core.wait', { amount: 0.1, unit: 'seconds' }], [[1, 2]]),
  through('respond', ['a', 'core.respond', {}], [[1, 2]]),
  through('a request', ['a', 'http.request', { method: 'GET', url: `${VENDOR}/seventeen/{{ $json.id }}` }], [[1, 2]]),
];

const joins: readonly Micro[] = (
  [
    ['append', {}, [1, 2, 1, 2]],
    ['position', { mode: 'position' }, [1, 2]],
    ['key', { mode: 'key', keys: [{ left: 'id', right: 'id' }] }, [1, 2]],
    ['choose', { mode: 'choose', choose: 2 }, [1, 2]],
  ] as const
).map(([name, parameters, gives]) => ({
  name: `through merge, ${name}`,
  nodes: [t, src, ...pass('a', 'b'), merge('m', parameters), z],
  edges: ['t -> src', 'src -> a', 'src -> b', 'a -> m:in1', 'b -> m:in2', 'm -> z'],
  start: { rows },
  expected: { ran: ['t', 'src', 'a', 'b', 'm', 'z'], gave: { z: of(...gives) } },
}));

const others: readonly Micro[] = [
  {
    name: 'through a loop, inside and behind it',
    order: 'sequential',
    nodes: [t, src, loop('l'), only('a', { inside: "{{ $('src').item.json.id }}" }), z],
    edges: ['t -> src', 'src -> l', 'l:loop -> a', 'a -> l', 'l:done -> z'],
    start: { rows },
    expected: {
      ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'z'],
      gave: { a: [{ inside: 1 }], 'a#1': [{ inside: 2 }], z: of(1, 2) },
    },
  },
  {
    name: 'through a map, inside and behind it',
    order: 'sequential',
    nodes: [t, src, ['m', 'core.map'], only('a', { inside: "{{ $('src').item.json.id }}" }), z],
    edges: ['t -> src', 'src -> m', 'm:each -> a', 'a -> m:collect', 'm -> z'],
    inside: { m: ['a'] },
    start: { rows },
    expected: { ran: ['t', 'src', 'm', 'a', 'a#1', 'z'], gave: { a: [{ inside: 1 }], 'a#1': [{ inside: 2 }], z: of(1, 2) } },
  },
  {
    name: 'through aggregate, where all goes back to one item',
    nodes: [t, src, ['s', 'core.splitOut', { field: 'xs' }], ['a', 'core.aggregate'], z],
    edges: ['t -> src', 'src -> s', 's -> a', 'a -> z'],
    start: { rows: rows.slice(0, 1) },
    expected: { ran: ['t', 'src', 's', 'a', 'z'], gave: { z: of(1) } },
  },
  {
    // n8n takes item 0 where many become one; ours says that it cannot tell (engine.md §2.7).
    name: 'aggregate of several items cannot tell',
    nodes: [t, src, ['a', 'core.aggregate'], z],
    edges: ['t -> src', 'src -> a', 'a -> z'],
    start: { rows },
    expected: { ran: ['t', 'src', 'a', 'z=failed'], error: { code: 'expression_lineage', nodeId: 'z', itemIndex: 0 } },
  },
  {
    name: 'all combinations of two items cannot tell',
    nodes: [t, src, ...pass('a', 'b'), merge('m', { mode: 'combinations' }), z],
    edges: ['t -> src', 'src -> a', 'src -> b', 'a -> m:in1', 'b -> m:in2', 'm -> z'],
    start: { rows },
    expected: { ran: ['t', 'src', 'a', 'b', 'm', 'z=failed'], error: { code: 'expression_lineage', nodeId: 'z', itemIndex: 1 } },
  },
  {
    name: 'a step of another branch that gave several items cannot be told either',
    order: 'sequential',
    nodes: [t, src, ...pass('b'), only('z', { of: "{{ $('src').item.json.id }}" })],
    edges: ['t -> src', 't -> b', 'b -> z'],
    at: { t: [0, 0], src: [100, 0], b: [100, 100], z: [200, 100] },
    start: { rows },
    expected: { ran: ['t', 'src', 'b', 'z=failed'], error: { code: 'expression_lineage', nodeId: 'z' } },
  },
  {
    name: 'through rounds that put their items in another order',
    order: 'sequential',
    nodes: [t, src, loop('l', { batchSize: 2 }), ['a', 'core.sort', { by: [{ field: 'n', order: 'descending' }] }], z],
    edges: ['t -> src', 'src -> l', 'l:loop -> a', 'a -> l', 'l:done -> z'],
    start: { rows: [...rows, { id: 3, n: 30 }] },
    expected: { ran: ['t', 'src', 'l', 'a', 'l#1', 'a#1', 'l#2', 'z'], gave: { z: of(2, 1, 3) } },
  },
  {
    name: 'through try',
    order: 'sequential',
    nodes: [t, src, ['y', 'core.try'], only('a', { inside: "{{ $('src').item.json.id }}" }), z],
    edges: ['t -> src', 'src -> y', 'y:try -> a', 'a -> y:result', 'y -> z'],
    inside: { y: ['a'] },
    start: { rows },
    expected: { ran: ['t', 'src', 'y', 'a', 'z'], gave: { a: [{ inside: 1 }, { inside: 2 }], z: of(1, 2) } },
  },
  {
    name: 'through what takes over after a failure',
    order: 'sequential',
    nodes: [t, src, ['y', 'core.try'], only('a', { b: '{{ $json.nowhere }}' }), ...pass('c'), z],
    edges: ['t -> src', 'src -> y', 'y:try -> a', 'a -> y:result', 'y:catch -> c', 'c -> y:result', 'y -> z'],
    inside: { y: ['a', 'c'] },
    start: { rows },
    expected: { ran: ['t', 'src', 'y', 'a=failed', 'c', 'z'], gave: { z: of(1, 2) } },
  },
  {
    name: 'through compensate',
    order: 'sequential',
    nodes: [t, src, ['p', 'core.compensate'], ...pass('a', 'u'), z],
    edges: ['t -> src', 'src -> p', 'p:do -> a', 'a -> p:result', 'p:undo -> u', 'p -> z'],
    inside: { p: ['a', 'u'] },
    start: { rows },
    expected: { ran: ['t', 'src', 'p', 'a', 'z'], gave: { z: of(1, 2) } },
  },
  {
    name: 'whatever became of it, everything comes from the one item at the start',
    nodes: [t, src, ['a', 'core.aggregate'], only('y', { tag: "{{ $('t').item.json.tag }}" })],
    edges: ['t -> src', 'src -> a', 'a -> y'],
    start: { rows, tag: 'x' },
    expected: { ran: ['t', 'src', 'a', 'y'], gave: { y: [{ tag: 'x' }] } },
  },
];

/** §9.17: every item knows what it came from, through every step. */
export const lineage: MicroRule = { rule: '17 · lineage', micros: [...steps, ...joins, ...others] };
