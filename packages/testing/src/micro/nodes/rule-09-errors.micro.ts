import type { Micro, MicroRule } from '../micro.ts';
import { numbers, only, pass, send, src, t, tries } from '../sketches.ts';

const missing = 'expression_missing_key';
/** The second item has no `v`. */
const start = { rows: [{ v: 1 }, { n: 2 }, { v: 3 }] };
const line = ['t -> src', 'src -> a', 'a -> z'];
const got = (settings: Readonly<Record<string, string>> = {}) => only('a', { got: '{{ $json.v }}' }, settings);

const settings: readonly Micro[] = [
  {
    name: 'stop: the run fails at the first item that fails, and says where',
    nodes: [t, src, got(), ...pass('z')],
    edges: line,
    start,
    expected: { ran: ['t', 'src', 'a=failed'], error: { code: missing, nodeId: 'a', itemIndex: 1 } },
  },
  {
    name: 'stop: what has not begun does not begin',
    order: 'sequential',
    nodes: [t, src, got(), send('b', 'nine-stop')],
    edges: ['t -> src', 't -> b', 'src -> a'],
    at: { t: [0, 0], src: [100, 0], a: [200, 0], b: [100, 100] },
    start,
    expected: { ran: ['t', 'src', 'a=failed', 'b=canceled'], error: { code: missing, nodeId: 'a' }, requests: { 'nine-stop': 0 } },
  },
  {
    // n8n keeps the message only; ours the whole error (engine.md §2.8).
    name: 'continue: each failed item is an error in its place',
    nodes: [t, src, got({ onError: 'continue' }), ...pass('z')],
    edges: line,
    start,
    expected: { ran: ['t', 'src', 'a=failed', 'z'], gave: { z: [{ got: 1 }, { error: missing }, { got: 3 }] } },
  },
  {
    // n8n hands the input of the node on here; ours an error item in every case (engine.md §2.8).
    name: 'continue: a failed list node gives one error',
    nodes: [t, src, ['a', 'core.sort', { by: [{ field: 'nowhere' }] }, { onError: 'continue' }], ...pass('z')],
    edges: line,
    start,
    expected: { ran: ['t', 'src', 'a=failed', 'z'], gave: { z: [{ error: 'field_missing' }] } },
  },
  {
    name: 'continue: a refused request is an error in its place',
    nodes: [t, src, send('a', 'nine-continue/{{ $json.n }}', { onError: 'continue' }), only('z', { n: "{{ $('src').item.json.n }}" })],
    edges: line,
    start: { rows: numbers(1, 2) },
    vendor: [{ path: '/nine-continue/1', status: 400 }],
    expected: { ran: ['t', 'src', 'a=failed', 'z'], gave: { z: numbers(1, 2) }, requests: { 'nine-continue/': 2 } },
  },
  {
    name: 'branch: failed items leave through the error port with their data',
    nodes: [t, src, got({ onError: 'branch' }), ...pass('z', 'e')],
    edges: [...line, 'a:error -> e'],
    start,
    expected: { ran: ['t', 'src', 'a=failed', 'z', 'e'], gave: { z: [{ got: 1 }, { got: 3 }], e: [{ n: 2, error: missing }] } },
  },
  {
    name: 'branch: a failed item still knows where it came from',
    nodes: [t, src, got({ onError: 'branch' }), ...pass('z'), only('e', { n: "{{ $('src').item.json.n }}" })],
    edges: [...line, 'a:error -> e'],
    start,
    expected: { ran: ['t', 'src', 'a=failed', 'z', 'e'], gave: { e: numbers(2) } },
  },
  {
    name: 'branch: where nothing fails the error port stays empty',
    nodes: [t, src, got({ onError: 'branch' }), ...pass('z', 'e')],
    edges: [...line, 'a:error -> e'],
    start: { rows: [{ v: 1 }] },
    expected: { ran: ['t', 'src', 'a', 'z'], gave: { z: [{ got: 1 }] } },
  },
  {
    name: 'stop with error: the run fails with the text of its author, for the first item',
    nodes: [t, src, ['a', 'core.stop', { code: 'order_wrong', message: 'Order {{ $json.n }} is wrong' }]],
    edges: ['t -> src', 'src -> a'],
    start: { rows: numbers(4, 5) },
    expected: { ran: ['t', 'src', 'a=failed'], error: { code: 'order_wrong', message: 'Order 4 is wrong', nodeId: 'a' } },
  },
];

const retries: readonly Micro[] = [
  {
    name: 'retry: until it works',
    nodes: [t, send('a', 'nine-works', tries(3)), ...pass('z')],
    edges: ['t -> a', 'a -> z'],
    vendor: [{ path: '/nine-works', status: 503, times: 2 }],
    expected: { ran: ['t', 'a', 'z'], attempts: { a: 3 }, requests: { 'nine-works': 3 } },
  },
  {
    name: 'retry: until there are no more tries',
    nodes: [t, send('a', 'nine-never', tries(2)), ...pass('z')],
    edges: ['t -> a', 'a -> z'],
    vendor: [{ path: '/nine-never', status: 503 }],
    expected: {
      ran: ['t', 'a=failed'],
      error: { code: 'http_status_503', nodeId: 'a' },
      attempts: { a: 2 },
      requests: { 'nine-never': 2 },
    },
  },
  {
    name: 'retry: not of what trying again cannot mend',
    nodes: [t, send('a', 'nine-wrong', tries(3))],
    edges: ['t -> a'],
    vendor: [{ path: '/nine-wrong', status: 400 }],
    expected: {
      ran: ['t', 'a=failed'],
      error: { code: 'http_status_400', nodeId: 'a' },
      attempts: { a: 1 },
      requests: { 'nine-wrong': 1 },
    },
  },
  {
    name: 'retry: only the items that failed are sent again',
    nodes: [t, src, send('a', 'nine-items/{{ $json.n }}', tries(2)), ...pass('z')],
    edges: line,
    start: { rows: numbers(1, 2, 3) },
    vendor: [{ path: '/nine-items/2', status: 503, times: 1 }],
    expected: { ran: ['t', 'src', 'a', 'z'], requests: { 'nine-items/1': 1, 'nine-items/2': 2, 'nine-items/3': 1 } },
  },
  {
    // n8n allows five tries at most; ours as many as the policy says.
    name: 'retry: six times where the policy says so',
    nodes: [t, send('a', 'nine-six', tries(6))],
    edges: ['t -> a'],
    vendor: [{ path: '/nine-six', status: 503, times: 5 }],
    expected: { ran: ['t', 'a'], attempts: { a: 6 }, requests: { 'nine-six': 6 } },
  },
  {
    name: 'retry, then branch: the last failure leaves through the error port',
    nodes: [t, send('a', 'nine-branch', { ...tries(2), onError: 'branch' }), ...pass('z', 'e')],
    edges: ['t -> a', 'a -> z', 'a:error -> e'],
    start: { n: 1 },
    vendor: [{ path: '/nine-branch', status: 503 }],
    expected: {
      ran: ['t', 'a=failed', 'e'],
      gave: { e: [{ n: 1, error: 'http_status_503' }] },
      attempts: { a: 2 },
      requests: { 'nine-branch': 2 },
    },
  },
];

/** §9.9: what a failure does, and what is tried again. */
export const errors: MicroRule = { rule: '9 · errors', micros: [...settings, ...retries] };
