import type { MicroRule } from '../micro.ts';
import { ifNode, loop, merge, numbers, only, pass, send, set, src, t, when } from '../sketches.ts';

const disabled = { disabled: true };
const start = { rows: numbers(1, 2) };

/** §9.7: a disabled node hands its first input on, through its first output. Pinned data comes with runs from the editor. */
export const disabledNodes: MicroRule = {
  rule: '7 · disabled',
  micros: [
    {
      name: 'hands its items on unchanged, and its node run says so',
      nodes: [t, src, set('a', { n: 99 }, disabled), ...pass('z')],
      edges: ['t -> src', 'src -> a', 'a -> z'],
      start,
      expected: { ran: ['t', 'src', 'a=skipped', 'z'], gave: { z: numbers(1, 2) }, reasons: { a: 'disabled' } },
    },
    {
      name: 'sends no request',
      nodes: [t, src, send('a', 'seven', disabled), ...pass('z')],
      edges: ['t -> src', 'src -> a', 'a -> z'],
      start,
      expected: { ran: ['t', 'src', 'a=skipped', 'z'], gave: { z: numbers(1, 2) }, requests: { seven: 0 } },
    },
    {
      name: 'a disabled merge waits for its inputs and hands the first on',
      nodes: [t, only('a', { by: 'a' }), only('b', { by: 'b' }), merge('m', {}, disabled), ...pass('z')],
      edges: ['t -> a', 't -> b', 'b -> m:in1', 'a -> m:in2', 'm -> z'],
      expected: { ran: ['t', 'a', 'b', 'm=skipped', 'z'], gave: { z: [{ by: 'b' }] } },
    },
    {
      name: 'a disabled merge that waits in vain hands on what is there',
      nodes: [t, src, ifNode('f', when('{{ $json.n }}', 'greater', 100)), ...pass('y', 'x'), merge('m', {}, disabled), ...pass('z')],
      edges: ['t -> src', 'src -> f', 'f:true -> y', 'f:false -> x', 'y -> m:in1', 'x -> m:in2', 'm -> z'],
      start,
      expected: { ran: ['t', 'src', 'f', 'x', 'm=skipped', 'z'], gave: { z: numbers(1, 2) } },
    },
    {
      name: 'a disabled if lets everything out of its first output',
      nodes: [t, src, ifNode('f', when('{{ $json.n }}', 'greater', 100), disabled), ...pass('y', 'x')],
      edges: ['t -> src', 'src -> f', 'f:true -> y', 'f:false -> x'],
      start,
      expected: { ran: ['t', 'src', 'f=skipped', 'y'], gave: { y: numbers(1, 2) } },
    },
    {
      name: 'a disabled loop is done at once',
      nodes: [t, src, loop('l', {}, disabled), ...pass('a', 'z')],
      edges: ['t -> src', 'src -> l', 'l:loop -> a', 'a -> l', 'l:done -> z'],
      start,
      expected: { ran: ['t', 'src', 'l=skipped', 'z'], gave: { z: numbers(1, 2) } },
    },
    {
      name: 'a disabled container hands on what would have gone in',
      nodes: [t, src, ['m', 'core.map', {}, disabled], set('w', { n: 0 }), ...pass('z')],
      edges: ['t -> src', 'src -> m', 'm:each -> w', 'w -> m:collect', 'm -> z'],
      inside: { m: ['w'] },
      start,
      expected: { ran: ['t', 'src', 'm=skipped', 'z'], gave: { z: numbers(1, 2) } },
    },
  ],
};
