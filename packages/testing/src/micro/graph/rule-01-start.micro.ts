import type { NodeSketch } from '../../documents.ts';
import type { MicroRule } from '../micro.ts';
import { merge, only, pass, t } from '../sketches.ts';

const u: NodeSketch = ['u', 'core.webhook'];

/** §9.1: one trigger starts a run, with its items or one empty item; nothing else runs. */
export const start: MicroRule = {
  rule: '1 · start',
  micros: [
    {
      name: 'without data a run starts with one empty item',
      nodes: [t, only('a', { at: '{{ $itemIndex }}' })],
      edges: ['t -> a'],
      expected: { ran: ['t', 'a'], gave: { t: [{}], a: [{ at: 0 }] } },
    },
    {
      name: 'it starts with the items of its trigger',
      nodes: [t, ...pass('a')],
      edges: ['t -> a'],
      start: { n: 1, deep: { list: [1, 'two', null] } },
      expected: {
        ran: ['t', 'a'],
        gave: { t: [{ n: 1, deep: { list: [1, 'two', null] } }], a: [{ n: 1, deep: { list: [1, 'two', null] } }] },
      },
    },
    {
      name: 'other triggers do not run, nor what only they lead to',
      nodes: [t, u, ...pass('a', 'b', 'b2')],
      edges: ['t -> a', 'u -> b', 'b -> b2'],
      start: { n: 1 },
      expected: { ran: ['t', 'a'], gave: { a: [{ n: 1 }] } },
    },
    {
      name: 'a request starts the part of its webhook',
      nodes: [t, u, ...pass('a'), only('b', { n: '{{ $json.body.n }}', method: '{{ $json.method }}' })],
      edges: ['t -> a', 'u -> b'],
      post: { n: 5 },
      expected: { ran: ['u', 'b'], gave: { b: [{ n: 5, method: 'POST' }] } },
    },
    {
      name: 'a step that two triggers lead to runs once, for the one that started',
      nodes: [t, u, ...pass('a')],
      edges: ['t -> a', 'u -> a'],
      start: { n: 1 },
      expected: { ran: ['t', 'a'], gave: { a: [{ n: 1 }] } },
    },
    {
      name: 'steps that no trigger leads to never run',
      nodes: [t, ...pass('a', 'lost', 'lost2')],
      edges: ['t -> a', 'lost -> lost2', 'lost2 -> a'],
      start: { n: 1 },
      expected: { ran: ['t', 'a'], gave: { a: [{ n: 1 }] } },
    },
    {
      name: 'a merge across the parts of two triggers goes on with the part that runs',
      nodes: [t, u, ...pass('a', 'b'), merge('m')],
      edges: ['t -> a', 'u -> b', 'a -> m:in1', 'b -> m:in2'],
      start: { n: 1 },
      expected: { ran: ['t', 'a', 'm'], gave: { m: [{ n: 1 }] } },
    },
  ],
};
