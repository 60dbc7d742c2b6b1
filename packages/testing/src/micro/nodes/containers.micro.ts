import type { NodeSketch } from '../../documents.ts';
import type { Micro, MicroRule } from '../micro.ts';
import { above, numbers, only, pass, send, set, src, t, tries as again } from '../sketches.ts';

const order = 'sequential' as const;
const missing = 'expression_missing_key';
const got = (id: string) => only(id, { got: '{{ $json.v }}' });
const mapped = ['t -> src', 'src -> m', 'm:each -> w', 'w -> m:collect', 'm -> z'];
const map = (parameters: Readonly<Record<string, string | number>> = {}): NodeSketch => ['m', 'core.map', parameters];

const maps: readonly Micro[] = [
  {
    name: 'map: its inside runs once per item; results come in the order of the items',
    nodes: [t, src, map({ window: 2 }), only('w', { twice: '{{ $json.n * 2 }}', of: '{{ $items.length }}' }), ...pass('z')],
    edges: mapped,
    inside: { m: ['w'] },
    start: { rows: numbers(1, 2, 3) },
    expected: {
      ran: ['t', 'src', 'm', 'w', 'w#1', 'w#2', 'z'],
      gave: {
        z: [
          { twice: 2, of: 1 },
          { twice: 4, of: 1 },
          { twice: 6, of: 1 },
        ],
      },
    },
  },
  {
    name: 'map, collect: a failed item is an error in its place',
    nodes: [t, src, map({ onItemError: 'collect' }), got('w'), ...pass('z')],
    edges: mapped,
    inside: { m: ['w'] },
    start: { rows: [{ v: 1 }, { n: 2 }, { v: 3 }] },
    expected: { ran: ['t', 'src', 'm', 'w', 'w#1=failed', 'w#2', 'z'], gave: { z: [{ got: 1 }, { error: missing }, { got: 3 }] } },
  },
  {
    name: 'map, stop: a failed item fails the run; the next does not begin',
    order,
    nodes: [t, src, map({ window: 1 }), got('w'), ...pass('z')],
    edges: mapped,
    inside: { m: ['w'] },
    start: { rows: [{ v: 1 }, { n: 2 }, { v: 3 }] },
    expected: { ran: ['t', 'src', 'm=failed', 'w', 'w#1=failed'], error: { code: missing, nodeId: 'w', itemIndex: 0 } },
  },
  {
    name: 'map: an item for which nothing comes back has no result',
    order,
    nodes: [
      t,
      src,
      map(),
      ['w', 'core.filter', { conditions: [{ left: '{{ $json.n }}', operator: 'notEquals', right: 2 }] }],
      ...pass('z'),
    ],
    edges: mapped,
    inside: { m: ['w'] },
    start: { rows: numbers(1, 2, 3) },
    expected: { ran: ['t', 'src', 'm', 'w', 'w#1', 'w#2', 'z'], gave: { z: numbers(1, 3) } },
  },
  {
    // Node runs inside a map are numbered by item: 1,000 to a map, whatever comes back first.
    name: 'map in a map',
    order,
    nodes: [
      t,
      src,
      map(),
      ['s', 'core.splitOut', { field: 'xs', name: 'x' }],
      ['i', 'core.map'],
      set('w', { y: '{{ $json.x + 1 }}' }),
      ...pass('z'),
    ],
    edges: ['t -> src', 'src -> m', 'm:each -> s', 's -> i', 'i:each -> w', 'w -> i:collect', 'i -> m:collect', 'm -> z'],
    inside: { m: ['s', 'i'], i: ['w'] },
    start: { rows: [{ xs: [1, 2] }, { xs: [3] }] },
    expected: {
      ran: ['t', 'src', 'm', 's', 'i', 'w', 'w#1', 's#1', 'i#1', 'w#1000', 'z'],
      gave: {
        z: [
          { x: 1, y: 2 },
          { x: 2, y: 3 },
          { x: 3, y: 4 },
        ],
      },
    },
  },
];

const requests: readonly Micro[] = [
  {
    name: 'map: a request that fails for one item is tried again for that item only',
    nodes: [t, src, map({ window: 3 }), send('w', 'box-map/{{ $json.n }}', again(2)), only('z', { n: "{{ $('src').item.json.n }}" })],
    edges: mapped,
    inside: { m: ['w'] },
    start: { rows: numbers(1, 2, 3) },
    vendor: [{ path: '/box-map/2', status: 503, times: 1 }],
    expected: {
      ran: ['t', 'src', 'm', 'w', 'w#1', 'w#2', 'z'],
      gave: { z: numbers(1, 2, 3) },
      attempts: { w: 1, 'w#1': 2, 'w#2': 1 },
      requests: { 'box-map/1': 1, 'box-map/2': 2, 'box-map/3': 1 },
    },
  },
  {
    name: 'try: catch takes over after the last try',
    nodes: [t, ['y', 'core.try'], send('w', 'box-try', again(2)), only('c', { caught: '{{ $json.error.code }}' }), ...pass('z')],
    edges: ['t -> y', 'y:try -> w', 'w -> y:result', 'y:catch -> c', 'c -> y:result', 'y -> z'],
    inside: { y: ['w', 'c'] },
    vendor: [{ path: '/box-try', status: 503 }],
    expected: {
      ran: ['t', 'y', 'w=failed', 'c', 'z'],
      gave: { z: [{ caught: 'http_status_503' }] },
      attempts: { w: 2 },
      requests: { 'box-try': 2 },
    },
  },
  {
    name: 'compensate: what was sent is taken back with a request for each item',
    order,
    nodes: [t, src, ['p', 'core.compensate'], send('a', 'box-do'), send('ua', 'box-undo'), send('z', 'box-fail')],
    edges: ['t -> src', 'src -> p', 'p:do -> a', 'a -> p:result', 'p:undo -> ua', 'p -> z'],
    inside: { p: ['a', 'ua'] },
    start: { rows: numbers(1, 2) },
    vendor: [{ path: '/box-fail', status: 400 }],
    expected: {
      ran: ['t', 'src', 'p', 'a', 'z=failed', 'ua'],
      error: { code: 'http_status_400', nodeId: 'z' },
      requests: { 'box-do': 2, 'box-undo': 2 },
    },
  },
];

const settled: readonly Micro[] = [
  {
    name: 'map with executeOnce takes the first item only',
    nodes: [t, src, ['m', 'core.map', {}, { executeOnce: true }], ...pass('w', 'z')],
    edges: mapped,
    inside: { m: ['w'] },
    start: { rows: numbers(1, 2, 3) },
    expected: { ran: ['t', 'src', 'm', 'w', 'z'], gave: { z: numbers(1) } },
  },
  {
    name: 'map with alwaysOutput gives one empty item where nothing came back',
    nodes: [t, src, ['m', 'core.map', {}, { alwaysOutput: true }], above('w', 100), ...pass('z')],
    edges: mapped,
    inside: { m: ['w'] },
    start: { rows: numbers(1) },
    expected: { ran: ['t', 'src', 'm', 'w', 'z'], gave: { z: [{}] } },
  },
  {
    name: 'map with errors that branch off: what came in leaves through the error port with the failure',
    order,
    nodes: [t, src, ['m', 'core.map', {}, { onError: 'branch' }], got('w'), ...pass('z', 'e')],
    edges: [...mapped, 'm:error -> e'],
    inside: { m: ['w'] },
    start: { rows: [{ n: 1 }] },
    expected: { ran: ['t', 'src', 'm=failed', 'w=failed', 'e'], gave: { e: [{ n: 1, error: missing }] } },
  },
  {
    name: 'map with errors that continue: the failure is an item',
    order,
    nodes: [t, src, ['m', 'core.map', {}, { onError: 'continue' }], got('w'), ...pass('z')],
    edges: mapped,
    inside: { m: ['w'] },
    start: { rows: [{ n: 1 }] },
    expected: { ran: ['t', 'src', 'm=failed', 'w=failed', 'z'], gave: { z: [{ error: missing }] } },
  },
];

const tried: readonly string[] = ['t -> y', 'y:try -> w', 'w -> y:result', 'y:catch -> c', 'c -> y:result', 'y:finally -> f', 'y -> z'];
const rescue = only('c', { caught: '{{ $json.error.code }}', n: '{{ $json.n }}' });

const tries: readonly Micro[] = [
  {
    name: 'try: without a failure, what was tried is the result; finally has run',
    order,
    nodes: [t, ['y', 'core.try'], got('w'), rescue, ...pass('f', 'z')],
    edges: tried,
    inside: { y: ['w', 'c', 'f'] },
    start: { v: 1 },
    expected: { ran: ['t', 'y', 'w', 'f', 'z'], gave: { z: [{ got: 1 }] } },
  },
  {
    name: 'try: after a failure catch takes over, with the items that came in and the error; finally has run',
    order,
    nodes: [t, ['y', 'core.try'], got('w'), rescue, ...pass('f', 'z')],
    edges: tried,
    inside: { y: ['w', 'c', 'f'] },
    start: { n: 7 },
    expected: { ran: ['t', 'y', 'w=failed', 'c', 'f', 'z'], gave: { z: [{ caught: missing, n: 7 }] } },
  },
  {
    name: 'try without catch: finally runs, then the failure goes on',
    order,
    nodes: [t, ['y', 'core.try'], got('w'), ...pass('f', 'z')],
    edges: ['t -> y', 'y:try -> w', 'w -> y:result', 'y:finally -> f', 'y -> z'],
    inside: { y: ['w', 'f'] },
    start: { n: 7 },
    expected: { ran: ['t', 'y=failed', 'w=failed', 'f'], error: { code: missing, nodeId: 'w' } },
  },
  {
    name: 'try in a map: each item is caught by itself',
    order,
    nodes: [t, src, map(), ['y', 'core.try'], got('w'), rescue, ...pass('z')],
    edges: [
      't -> src',
      'src -> m',
      'm:each -> y',
      'y:try -> w',
      'w -> y:result',
      'y:catch -> c',
      'c -> y:result',
      'y -> m:collect',
      'm -> z',
    ],
    inside: { m: ['y'], y: ['w', 'c'] },
    start: { rows: [{ v: 1 }, { n: 2 }, { v: 3 }] },
    expected: {
      ran: ['t', 'src', 'm', 'y', 'w', 'y#1', 'w#1=failed', 'c#1', 'y#2', 'w#2', 'z'],
      gave: { z: [{ got: 1 }, { caught: missing, n: 2 }, { got: 3 }] },
    },
  },
];

const sagas: readonly Micro[] = [
  {
    name: 'compensate: what was done is undone, the last first, with the items that it gave',
    order,
    nodes: [
      t,
      ['p', 'core.compensate'],
      ['q', 'core.compensate'],
      set('a', { a: 1 }),
      set('b', { b: 1 }),
      set('ua', { undone: 'a' }),
      set('ub', { undone: 'b' }),
      got('z'),
    ],
    edges: ['t -> p', 'p:do -> a', 'a -> p:result', 'p:undo -> ua', 'p -> q', 'q:do -> b', 'b -> q:result', 'q:undo -> ub', 'q -> z'],
    inside: { p: ['a', 'ua'], q: ['b', 'ub'] },
    expected: {
      ran: ['t', 'p', 'a', 'q', 'b', 'z=failed', 'ub', 'ua'],
      gave: { ub: [{ a: 1, b: 1, undone: 'b' }], ua: [{ a: 1, undone: 'a' }] },
      error: { code: missing, nodeId: 'z' },
    },
  },
  {
    name: 'compensate: a run that succeeds undoes nothing',
    order,
    nodes: [t, ['p', 'core.compensate'], ...pass('a', 'ua', 'z')],
    edges: ['t -> p', 'p:do -> a', 'a -> p:result', 'p:undo -> ua', 'p -> z'],
    inside: { p: ['a', 'ua'] },
    start: { n: 1 },
    expected: { ran: ['t', 'p', 'a', 'z'], gave: { z: numbers(1) } },
  },
  {
    name: 'compensate in try: undone before catch takes over, and the run succeeds',
    order,
    nodes: [t, ['y', 'core.try'], ['p', 'core.compensate'], ...pass('a', 'ua'), got('w'), rescue, ...pass('z')],
    edges: [
      't -> y',
      'y:try -> p',
      'p:do -> a',
      'a -> p:result',
      'p:undo -> ua',
      'p -> w',
      'w -> y:result',
      'y:catch -> c',
      'c -> y:result',
      'y -> z',
    ],
    inside: { y: ['p', 'w', 'c'], p: ['a', 'ua'] },
    start: { n: 7 },
    expected: { ran: ['t', 'y', 'p', 'a', 'w=failed', 'ua', 'c', 'z'], gave: { z: [{ caught: missing, n: 7 }] } },
  },
];

/** Ours alone (engine.md §2.2): sections for each item, for failures, and for undoing. */
export const containers: MicroRule = { rule: 'containers', micros: [...maps, ...requests, ...settled, ...tries, ...sagas] };
