import type { MicroRule } from '../micro.ts';
import { ifNode, merge, pass, set, t, when } from '../sketches.ts';

/** §9.16: cycles are legal as long as something can end them. */
export const endless: MicroRule = {
  rule: '16 · endless cycles',
  micros: [
    {
      name: 'a cycle goes round until its condition says otherwise',
      nodes: [t, set('a', { n: '{{ $json.n + 1 }}' }), ifNode('f', when('{{ $json.n }}', 'less', 3)), ...pass('z')],
      edges: ['t -> a', 'a -> f', 'f:true -> a', 'f:false -> z'],
      start: { n: 0 },
      expected: { ran: ['t', 'a', 'f', 'a#1', 'f#1', 'a#2', 'f#2', 'z'], gave: { z: [{ n: 3 }] } },
    },
    {
      name: 'of several items, those that are ready leave the cycle',
      nodes: [
        t,
        ['src', 'core.splitOut', { field: 'rows' }],
        set('a', { n: '{{ $json.n + 1 }}' }),
        ifNode('f', when('{{ $json.n }}', 'less', 3)),
        ...pass('z'),
      ],
      edges: ['t -> src', 'src -> a', 'a -> f', 'f:true -> a', 'f:false -> z'],
      order: 'sequential',
      at: { t: [0, 0], src: [100, 0], a: [200, 100], f: [300, 0], z: [400, 0] },
      start: { rows: [{ n: 0 }, { n: 2 }] },
      expected: {
        ran: ['t', 'src', 'a', 'f', 'z', 'a#1', 'f#1', 'a#2', 'f#2', 'z#1'],
        gave: { z: [{ n: 3 }], 'z#1': [{ n: 3 }] },
      },
    },
    {
      name: 'a join at the entry of a cycle goes on with what it was entered with, then with what comes back',
      nodes: [t, merge('m'), set('a', { n: '{{ $json.n + 1 }}' }), ifNode('f', when('{{ $json.n }}', 'less', 2)), ...pass('z')],
      edges: ['t -> m:in1', 'm -> a', 'a -> f', 'f:true -> m:in2', 'f:false -> z'],
      start: { n: 0 },
      expected: { ran: ['t', 'm', 'a', 'f', 'm#1', 'a#1', 'f#1', 'z'], gave: { z: [{ n: 2 }] } },
    },
    {
      // n8n stops a node that is retried without progress; ours refuses before a run what nothing can end.
      name: 'a cycle that nothing can end is refused when it is published',
      nodes: [t, ...pass('a', 'b')],
      edges: ['t -> a', 'a -> b', 'b -> a'],
      expected: { refused: ['cycle_endless'] },
    },
    {
      // n8n would go on for ever; engine.md §2.6: 10,000 node runs without progress in items.
      name: 'a cycle that never ends is stopped by the limit of node runs',
      nodes: [t, ...pass('a'), ifNode('f', when('{{ $json.n }}', 'equals', 0)), ...pass('z')],
      edges: ['t -> a', 'a -> f', 'f:true -> a', 'f:false -> z'],
      start: { n: 0 },
      expected: { error: { code: 'run_limit', nodeId: 'f' } },
    },
  ],
};
