import type { NodeSketch } from '../../../packages/testing/src/documents.ts';
import type { Sketch } from './ground.ts';

const edit = (id: string, value = '{{ $json.n + 1 }}'): NodeSketch => [
  id,
  'core.editFields',
  { assignments: [{ name: 'n', value }], keepOther: true },
];
const HOOK: NodeSketch = ['hook', 'core.webhook', {}];

function many(count: number, node: (index: number) => NodeSketch): readonly NodeSketch[] {
  return Array.from({ length: count }, (_, index) => node(index));
}

/** A trigger and `count - 1` nodes in a row. */
export function chain(count: number): Sketch {
  const nodes = [HOOK, ...many(count - 1, (index) => edit(`n${index}`, `{{ $json.n + ${index} }}`))];
  return { nodes, edges: nodes.slice(1).map(([id], index) => `${nodes[index]?.[0] ?? ''} -> ${id}`) };
}

/** A trigger that hands its items to `count - 1` nodes at once. */
export function star(count: number): Sketch {
  const nodes = [HOOK, ...many(count - 1, (index) => edit(`n${index}`, `{{ $json.n + ${index} }}`))];
  return { nodes, edges: nodes.slice(1).map(([id]) => `hook -> ${id}`) };
}

/** Rungs of two branches that are merged again. */
export function ladder(count: number): Sketch {
  const rungs = Math.floor((count - 1) / 3);
  const nodes: NodeSketch[] = [HOOK];
  const edges: string[] = [];
  let last = 'hook';
  for (let rung = 0; rung < rungs; rung++) {
    const [left, right, join] = [`a${rung}`, `b${rung}`, `m${rung}`];
    nodes.push(edit(left), edit(right), [join, 'core.merge', {}]);
    edges.push(`${last} -> ${left}`, `${last} -> ${right}`, `${left} -> ${join}:in1`, `${right} -> ${join}:in2`);
    last = join;
  }
  return { nodes, edges };
}

/** Merges whose second input comes from a branch that gives nothing: each waits until that is known. */
export function starved(count: number): Sketch {
  const pairs = Math.floor((count - 1) / 3);
  const none = { conditions: [{ left: '{{ $json.n }}', operator: 'equals', right: 'never' }] };
  const nodes: NodeSketch[] = [HOOK];
  const edges: string[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const [left, right, join] = [`a${pair}`, `b${pair}`, `m${pair}`];
    nodes.push(edit(left), [right, 'core.filter', none], [join, 'core.merge', {}]);
    edges.push(`hook -> ${left}`, `hook -> ${right}`, `${left} -> ${join}:in1`, `${right} -> ${join}:in2`);
  }
  return { nodes, edges };
}

/** Edit → filter → aggregate. */
export const LISTS: Sketch = {
  nodes: [
    HOOK,
    edit('edit', '{{ $json.n * 2 }}'),
    ['filter', 'core.filter', { conditions: [{ left: '{{ $json.n }}', operator: 'greaterOrEqual', right: 0 }] }],
    ['aggregate', 'core.aggregate', {}],
  ],
  edges: ['hook -> edit', 'edit -> filter', 'filter -> aggregate'],
};

/** A loop that goes round once for each item. */
export const ROUNDS: Sketch = {
  nodes: [HOOK, ['loop', 'core.loop', { batchSize: 1, maxRounds: 10_000 }], edit('edit')],
  edges: ['hook -> loop', 'loop:loop -> edit', 'edit -> loop:back'],
};
