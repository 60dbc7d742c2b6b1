import type { EdgeSketch, NodeSketch } from '../../packages/testing/src/index.ts';

/** A workflow under load. */
export interface Workload {
  readonly name: string;
  /** Node runs of one run. */
  readonly nodes: number;
  /** @param echo address of the target of effects */
  readonly sketch: (echo: string) => { readonly nodes: readonly NodeSketch[]; readonly edges: readonly EdgeSketch[] };
}

/** How a workload is driven. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly workload: Workload;
  /** False: the install runs with hoisting switched off. */
  readonly hoists: boolean;
  /** Requests offered a second; absent: as many as the connections carry. */
  readonly rate?: number;
  /** Seconds, where they differ from what was asked for. */
  readonly seconds?: number;
  /** Runs that sit inside a long call meanwhile, all of them while it is measured, and for how long at least. */
  readonly beside?: { readonly runs: number; readonly callMs: number };
}

/** What callers send while much is offered. */
export const DELIVERY = JSON.stringify({ n: 41, email: 'jane@acme.com', note: 'x'.repeat(100) });

type Parameters = NonNullable<NodeSketch[2]>;

const edit = (name: string): Parameters => ({ assignments: [{ name, value: '{{ $json.body.n + 1 }}' }], keepOther: true });
const call = (url: string): Parameters => ({ method: 'POST', url, bodyType: 'json', body: { n: '{{ $itemIndex }}' } });
const RESEND = { onLostAnswer: 'resend' };

/** Edges from each node to the next; from an If by its `true`. */
function chain(nodes: readonly NodeSketch[]): { readonly nodes: readonly NodeSketch[]; readonly edges: readonly EdgeSketch[] } {
  const edges = nodes.slice(1).map(([id], index) => {
    const [from = '', type] = nodes[index] ?? [];
    return `${from}${type === 'core.if' ? ':true' : ''} -> ${id}`;
  });
  return { nodes, edges };
}

/** Webhook → 3 pure nodes → respond. */
export const PURE: Workload = {
  name: 'pure',
  nodes: 5,
  sketch: () =>
    chain([
      ['hook', 'core.webhook', { answer: 'respond' }],
      ['one', 'core.editFields', edit('one')],
      ['two', 'core.editFields', edit('two')],
      ['three', 'core.editFields', edit('three')],
      ['answer', 'core.respond', { status: 200, bodyType: 'json', body: { sum: '{{ $json.three }}' } }],
    ]),
};

function effects(count: number): Workload {
  return {
    name: `effects ${count}`,
    nodes: count + 2,
    sketch: (echo) =>
      chain([
        ['hook', 'core.webhook', { answer: 'respond' }],
        ...Array.from({ length: count }, (_, index): NodeSketch => [`call${index}`, 'http.request', call(`${echo}/effect`), RESEND]),
        ['answer', 'core.respond', { status: 200, bodyType: 'json', body: { ok: true } }],
      ]),
  };
}

/** Answered at once → edit → HTTP → edit. */
export const LATER: Workload = {
  name: 'later',
  nodes: 4,
  sketch: (echo) =>
    chain([
      ['hook', 'core.webhook', { answer: 'now' }],
      ['before', 'core.editFields', edit('before')],
      ['call', 'http.request', call(`${echo}/later`), RESEND],
      ['after', 'core.editFields', { assignments: [{ name: 'after', value: 'yes' }], keepOther: true }],
    ]),
};

const program = (name: string): Parameters => ({
  source: `return $input.all().map(({ json }) => ({ json: { ...json, ${name}: json.body.n + 1 } }));`,
});
const positive = { conditions: [{ left: '{{ $json.body.n }}', operator: 'greaterOrEqual', right: 0 }] };

/** Webhook → edit → if → code → HTTP → respond. */
const TYPICAL: Workload = {
  name: 'typical',
  nodes: 6,
  sketch: (echo) =>
    chain([
      ['hook', 'core.webhook', { answer: 'respond' }],
      ['edit', 'core.editFields', edit('one')],
      ['check', 'core.if', positive],
      ['code', 'core.code', program('two')],
      ['call', 'http.request', call(`${echo}/effect`), RESEND],
      ['answer', 'core.respond', { status: 200, bodyType: 'json', body: { ok: true } }],
    ]),
};

/** Webhook → 4 edit fields, 3 if, 3 code → respond. */
const MIXED: Workload = {
  name: 'mixed',
  nodes: 12,
  sketch: () =>
    chain([
      ['hook', 'core.webhook', { answer: 'respond' }],
      ...[1, 2, 3].flatMap((number): NodeSketch[] => [
        [`edit${number}`, 'core.editFields', edit(`edit${number}`)],
        [`if${number}`, 'core.if', positive],
        [`code${number}`, 'core.code', program(`code${number}`)],
      ]),
      ['edit4', 'core.editFields', edit('edit4')],
      ['answer', 'core.respond', { status: 200, bodyType: 'json', body: { sum: '{{ $json.edit4 + $json.code3 }}' } }],
    ]),
};

/** Sits in one long call. */
export const SLOW: Workload = {
  name: 'slow',
  nodes: 2,
  sketch: (echo) =>
    chain([
      ['hook', 'core.webhook', { answer: 'now' }],
      ['call', 'http.request', { ...call(`${echo}/slow`), timeoutMs: 60_000 }, { ...RESEND, timeoutMs: 60_000 }],
    ]),
};

/** What `npm run bench` can run, in this order. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'S1', about: 'webhook → 3 pure nodes → respond, hoisting off', workload: PURE, hoists: false },
  { name: 'S1x1', about: '1 HTTP effect', workload: effects(1), hoists: false },
  { name: 'S1x5', about: '5 HTTP effects in a row', workload: effects(5), hoists: false },
  { name: 'S2', about: 'webhook → 4 edit fields, 3 if, 3 code → respond', workload: MIXED, hoists: false },
  {
    name: 'S3',
    about: 'answered at once → edit → HTTP → edit, 200 offered a second',
    workload: LATER,
    hoists: false,
    rate: 200,
    seconds: 30,
  },
  { name: 'S12', about: 'webhook → edit → if → code → HTTP → respond', workload: TYPICAL, hoists: false },
  {
    name: 'S13',
    about: 'S1 beside 1,000 runs inside a 20 s call',
    workload: PURE,
    hoists: false,
    beside: { runs: 1000, callMs: 20_000 },
    seconds: 8,
  },
  { name: 'S1h', about: 'S1 as shipped, hoisting on', workload: PURE, hoists: true },
];
