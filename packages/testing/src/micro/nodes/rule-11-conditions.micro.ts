import type { JsonObject } from '@millwright/core';
import type { NodeSketch } from '../../documents.ts';
import type { Micro, MicroRule } from '../micro.ts';
import { ifNode, numbers, src, t, when } from '../sketches.ts';

const edges = ['t -> src', 'src -> f'];
const ran = ['t', 'src', 'f'];
const is5 = when('{{ $json.n }}', 'equals', 5);

const ifs: readonly Micro[] = [
  {
    name: 'if: each item goes its own way',
    nodes: [t, src, ifNode('f', when('{{ $json.n }}', 'greaterOrEqual', 2))],
    edges,
    start: { rows: numbers(1, 2, 3) },
    expected: { ran, gave: { 'f:true': numbers(2, 3), 'f:false': numbers(1) } },
  },
  {
    name: 'if: all must hold, or any',
    nodes: [
      t,
      src,
      ifNode('f', {
        combine: 'or',
        conditions: [
          { left: '{{ $json.n }}', operator: 'less', right: 2 },
          { left: '{{ $json.n }}', operator: 'greater', right: 2 },
        ],
      }),
      ifNode('g', {
        combine: 'and',
        conditions: [
          { left: '{{ $json.n }}', operator: 'greater', right: 1 },
          { left: '{{ $json.n }}', operator: 'less', right: 3 },
        ],
      }),
    ],
    edges: [...edges, 'src -> g'],
    start: { rows: numbers(1, 2, 3) },
    expected: {
      ran: [...ran, 'g'],
      gave: { 'f:true': numbers(1, 3), 'f:false': numbers(2), 'g:true': numbers(2), 'g:false': numbers(1, 3) },
    },
  },
  {
    name: 'if, loose: a text that says a number is that number',
    nodes: [t, src, ifNode('f', is5), ifNode('g', when('{{ $json.n }}', 'greater', 9))],
    edges: [...edges, 'src -> g'],
    start: { rows: [{ n: '5' }, { n: 5 }, { n: '10' }] },
    expected: {
      ran: [...ran, 'g'],
      gave: { 'f:true': [{ n: '5' }, { n: 5 }], 'f:false': [{ n: '10' }], 'g:true': [{ n: '10' }], 'g:false': [{ n: '5' }, { n: 5 }] },
    },
  },
  {
    name: 'if, strict: another type is an error',
    nodes: [t, src, ifNode('f', { ...is5, convert: false })],
    edges,
    start: { rows: [{ n: 5 }, { n: '5' }] },
    expected: {
      ran: ['t', 'src', 'f=failed'],
      error: { code: 'condition_type', nodeId: 'f', itemIndex: 1, field: 'conditions[0].left' },
    },
  },
  {
    // n8n's `exists` asks for null only; ours asks what people mean by empty. 0 and false are something in both.
    name: 'if: null, an empty text, list and object are empty; 0 and false are not',
    nodes: [t, src, ifNode('f', when('{{ $json.v }}', 'isEmpty'))],
    edges,
    start: { rows: [{ v: null }, { v: '' }, { v: [] }, { v: {} }, { v: 0 }, { v: false }] },
    expected: { ran, gave: { 'f:true': [{ v: null }, { v: '' }, { v: [] }, { v: {} }], 'f:false': [{ v: 0 }, { v: false }] } },
  },
  {
    name: 'if: with errors that continue, a condition that fails does not hold',
    nodes: [t, src, ifNode('f', is5, { onError: 'continue' })],
    edges,
    start: { rows: [{ n: 5 }, { m: 5 }, { n: 6 }] },
    expected: {
      ran: ['t', 'src', 'f=failed'],
      gave: { 'f:true': [{ n: 5 }], 'f:false': [{ error: 'expression_missing_key' }, { n: 6 }] },
    },
  },
  {
    name: 'if: with errors that branch off, it takes neither side',
    nodes: [t, src, ifNode('f', is5, { onError: 'branch' })],
    edges,
    start: { rows: [{ n: 5 }, { m: 5 }] },
    expected: {
      ran: ['t', 'src', 'f=failed'],
      gave: { 'f:true': [{ n: 5 }], 'f:false': [], 'f:error': [{ m: 5, error: 'expression_missing_key' }] },
    },
  },
];

const cases = [
  { id: 'low', name: 'Low', ...when('{{ $json.n }}', 'less', 10) },
  { id: 'even', name: 'Even', ...when('{{ $json.n % 2 }}', 'equals', 0) },
];
const route = (parameters: JsonObject = {}, settings: JsonObject = {}): NodeSketch => [
  'f',
  'core.switch',
  { cases, ...parameters },
  settings,
];
const start = { rows: numbers(4, 12, 13) };

const switches: readonly Micro[] = [
  {
    name: 'switch: the first case that holds',
    nodes: [t, src, route({ fallback: 'output' })],
    edges,
    start,
    expected: { ran, gave: { 'f:low': numbers(4), 'f:even': numbers(12), 'f:fallback': numbers(13) } },
  },
  {
    name: 'switch: every case that holds, where asked',
    nodes: [t, src, route({ all: true, fallback: 'output' })],
    edges,
    start,
    expected: { ran, gave: { 'f:low': numbers(4), 'f:even': numbers(4, 12), 'f:fallback': numbers(13) } },
  },
  {
    name: 'switch: without a fallback what fits no case is left out',
    nodes: [t, src, route()],
    edges,
    start,
    expected: { ran, gave: { 'f:low': numbers(4), 'f:even': numbers(12) } },
  },
  {
    name: 'switch, strict: another type is an error that names the case',
    nodes: [t, src, route({ convert: false })],
    edges,
    start: { rows: [{ n: 1 }, { n: '2' }] },
    expected: {
      ran: ['t', 'src', 'f=failed'],
      error: { code: 'condition_type', nodeId: 'f', itemIndex: 1, field: 'cases[0].conditions[0].left' },
    },
  },
  {
    name: 'switch: with errors that continue, an item that fails fits no case',
    nodes: [t, src, route({ fallback: 'output' }, { onError: 'continue' })],
    edges,
    start: { rows: [{ n: 4 }, { m: 4 }] },
    expected: { ran: ['t', 'src', 'f=failed'], gave: { 'f:low': numbers(4), 'f:fallback': [{ error: 'expression_missing_key' }] } },
  },
  {
    name: 'filter: keeps what matches; the rest leaves by its own port',
    nodes: [t, src, ['f', 'core.filter', when('{{ $json.name }}', 'startsWith', 'A')]],
    edges,
    start: { rows: [{ name: 'Ada' }, { name: 'Grace' }] },
    expected: { ran, gave: { f: [{ name: 'Ada' }], 'f:discarded': [{ name: 'Grace' }] } },
  },
];

/** §9.11: conditions are evaluated per item; loose ones convert, strict ones throw. */
export const conditions: MicroRule = { rule: '11 · conditions', micros: [...ifs, ...switches] };
