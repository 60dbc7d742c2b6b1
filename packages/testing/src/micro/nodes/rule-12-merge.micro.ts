import type { JsonObject } from '@millwright/core';
import type { NodeSketch } from '../../documents.ts';
import type { Micro, MicroRule } from '../micro.ts';
import { merge, t } from '../sketches.ts';

const list = (id: string): NodeSketch => [id, 'core.splitOut', { field: id }];
const left = [{ k: 1, l: 'a' }, { k: 2, l: 'b' }, { l: 'c' }];
const right = [
  { k: 2, r: 'x' },
  { k: 3, r: 'y' },
  { k: 2, r: 'z' },
];
const matched = [
  { k: 2, l: 'b', r: 'x' },
  { k: 2, l: 'b', r: 'z' },
];
type List = readonly JsonObject[];

/** Two lists, merged. */
function two(name: string, parameters: JsonObject, [a, b, gives]: readonly [a: List, b: List, gives: List]): Micro {
  return {
    name,
    nodes: [t, list('a'), list('b'), merge('m', parameters)],
    edges: ['t -> a', 't -> b', 'a -> m:in1', 'b -> m:in2'],
    start: { a, b },
    expected: { ran: ['t', 'a', 'b', 'm'], gave: { m: gives } },
  };
}

const key = (join: string) => ({ mode: 'key', join, keys: [{ left: 'k', right: 'k' }] });
const same: readonly [List, List] = [[{ n: 1, own: true }], [{ n: 2 }]];

/** §9.12: how several lists become one. */
export const merges: MicroRule = {
  rule: '12 · merge',
  micros: [
    {
      name: 'append: in the order of the inputs, whichever came first',
      order: 'sequential',
      nodes: [t, list('a'), list('b'), merge('m')],
      edges: ['t -> a', 't -> b', 'a -> m:in1', 'b -> m:in2'],
      at: { t: [0, 0], b: [100, 0], a: [100, 100], m: [200, 50] },
      start: { a: left, b: right },
      expected: { ran: ['t', 'b', 'a', 'm'], gave: { m: [...left, ...right] } },
    },
    {
      name: 'append: up to ten inputs',
      nodes: [t, list('a'), list('b'), list('c'), list('d'), merge('m', { inputs: 4 })],
      edges: ['t -> a', 't -> b', 't -> c', 't -> d', 'a -> m:in1', 'b -> m:in2', 'c -> m:in3', 'd -> m:in4'],
      start: { a: [{ a: 1 }], b: [{ b: 1 }, { b: 2 }], c: [{ c: 1 }], d: [{ d: 1 }] },
      expected: { ran: ['t', 'a', 'b', 'c', 'd', 'm'], gave: { m: [{ a: 1 }, { b: 1 }, { b: 2 }, { c: 1 }, { d: 1 }] } },
    },
    two('position: to the end of the shortest', { mode: 'position' }, [[{ a: 1 }, { a: 2 }], [{ b: 1 }], [{ a: 1, b: 1 }]]),
    two('position: with what has no partner, where asked', { mode: 'position', unpaired: true }, [
      [{ a: 1 }],
      [{ b: 1 }, { b: 2 }],
      [{ a: 1, b: 1 }, { b: 2 }],
    ]),
    two('clash: the later input wins', { mode: 'position' }, [...same, [{ n: 2, own: true }]]),
    two('clash: the first input wins', { mode: 'position', clash: 'first' }, [...same, [{ n: 1, own: true }]]),
    two('clash: both are kept, with the number of their input', { mode: 'position', clash: 'suffix' }, [
      ...same,
      [{ n_1: 1, n_2: 2, own: true }],
    ]),
    two('key: matching items', key('inner'), [left, right, matched]),
    two('key: all of the first input', key('left'), [left, right, [{ k: 1, l: 'a' }, ...matched, { l: 'c' }]]),
    two('key: all of the second input', key('right'), [left, right, [...matched, { k: 3, r: 'y' }]]),
    two('key: everything', key('full'), [left, right, [{ k: 1, l: 'a' }, ...matched, { l: 'c' }, { k: 3, r: 'y' }]]),
    two('key: what has no match', key('anti'), [left, right, [{ k: 1, l: 'a' }, { l: 'c' }]]),
    two('key: fields of different names, and deeper ones', { mode: 'key', keys: [{ left: 'id', right: 'of.id' }] }, [
      [{ id: 1 }, { id: 2 }],
      [{ of: { id: 2 }, r: 'x' }],
      [{ id: 2, of: { id: 2 }, r: 'x' }],
    ]),
    two('combinations: each with each', { mode: 'combinations' }, [
      [{ a: 1 }, { a: 2 }],
      [{ b: 1 }, { b: 2 }],
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
        { a: 2, b: 1 },
        { a: 2, b: 2 },
      ],
    ]),
    two('choose: waits for all, takes one', { mode: 'choose', choose: 2 }, [left, right, right]),
  ],
};
