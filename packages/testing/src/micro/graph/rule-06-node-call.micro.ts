import type { MicroRule } from '../micro.ts';
import { merge, numbers, only, pass, send, set, src, t } from '../sketches.ts';
import { VENDOR } from '../micro.ts';

const start = { rows: numbers(1, 2, 3) };

/** §9.6: a node has the whole list; parameters are evaluated per item unless its type says once. */
export const nodeCall: MicroRule = {
  rule: '6 · node call',
  micros: [
    {
      name: 'parameters are evaluated for each item',
      nodes: [t, src, only('a', { twice: '{{ $json.n * 2 }}', at: '{{ $itemIndex }}', of: '{{ $items.length }}' })],
      edges: ['t -> src', 'src -> a'],
      start,
      expected: {
        ran: ['t', 'src', 'a'],
        gave: { a: [1, 2, 3].map((n) => ({ twice: n * 2, at: n - 1, of: 3 })) },
      },
    },
    {
      name: 'a request is made for each item, and answers stand in the order of the items',
      nodes: [
        t,
        src,
        ['a', 'http.request', { method: 'GET', url: `${VENDOR}/six-each/{{ $json.n }}` }],
        only('z', { n: '{{ $json.body.n }}', of: "{{ $('src').item.json.n }}" }),
      ],
      edges: ['t -> src', 'src -> a', 'a -> z'],
      start,
      expected: { ran: ['t', 'src', 'a', 'z'], gave: { z: [1, 2, 3].map((of) => ({ n: 1, of })) }, requests: { 'six-each/': 3 } },
    },
    {
      name: 'where a type says once, the first item counts',
      nodes: [t, src, ['a', 'core.limit', { max: '{{ $json.n }}' }]],
      edges: ['t -> src', 'src -> a'],
      start: { rows: numbers(2, 9, 9, 9) },
      expected: { ran: ['t', 'src', 'a'], gave: { a: numbers(2, 9) } },
    },
    {
      name: 'of several inputs, the items of the first that has some',
      nodes: [t, only('a', { take: 2 }), only('b', { take: 1 }), merge('m', { mode: 'choose', choose: '{{ $json.take }}' })],
      edges: ['t -> a', 't -> b', 'a -> m:in1', 'b -> m:in2'],
      expected: { ran: ['t', 'a', 'b', 'm'], gave: { m: [{ take: 1 }] } },
    },
    {
      name: 'executeOnce cuts the input to its first item',
      nodes: [t, src, set('a', { of: '{{ $items.length }}' }, { executeOnce: true }), ...pass('z')],
      edges: ['t -> src', 'src -> a', 'a -> z'],
      start,
      expected: { ran: ['t', 'src', 'a', 'z'], gave: { z: [{ n: 1, of: 1 }] } },
    },
    {
      name: 'executeOnce cuts every input',
      nodes: [t, src, set('a', { by: 'a' }), merge('m', {}, { executeOnce: true })],
      edges: ['t -> src', 'src -> a', 'src -> m:in1', 'a -> m:in2'],
      start,
      expected: { ran: ['t', 'src', 'a', 'm'], gave: { m: [{ n: 1 }, { n: 1, by: 'a' }] } },
    },
    {
      name: 'executeOnce sends one request',
      nodes: [t, src, send('a', 'six-once', { executeOnce: true })],
      edges: ['t -> src', 'src -> a'],
      start,
      expected: { ran: ['t', 'src', 'a'], requests: { 'six-once': 1 } },
    },
  ],
};
