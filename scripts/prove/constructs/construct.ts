import type { EchoRule, EdgeSketch, NodeSketch } from '../../../packages/testing/src/index.ts';

/** A document from a sketch. */
export interface Sketch {
  readonly nodes: readonly NodeSketch[];
  readonly edges: readonly EdgeSketch[];
}

/** The idempotency key under which a path was asked first; undefined while it was not. */
export type KeyAt = (path: string) => string | undefined;

/** Something that a graph can do around its effects: a workflow, where its runs are when parts die, and what has to come of them. */
export interface Construct {
  readonly name: string;
  /** Items that a delivery brings. */
  readonly items: number;
  /** Runs that each run calls. */
  readonly calls: number;
  /** A workflow that the other one calls. @param base address below which its effects are */
  readonly called?: (base: string) => Sketch;
  /** @param base address below which its effects are @param called id of the called workflow */
  readonly sketch: (base: string, called: string) => Sketch;
  /** What the vendor does with a run, at paths below it. */
  readonly rules: (index: number) => readonly EchoRule[];
  /** Every effect of a run, as paths below it; one that did not come has no key. */
  readonly effects: (keyAt: KeyAt) => readonly string[];
  /** The effects come in this order, one after the other. */
  readonly isInOrder: boolean;
  /** How many of the last effects are what the run gives, in this order. 0: it gives nothing. */
  readonly results: number;
  /** Requests of a run at least. */
  readonly requests: number;
  readonly end: { readonly status: string; readonly code: string | null };
}

/** Longer than any recovery: what is held must not time out. */
const TIMEOUT_MS = 120_000;

/** The address of a run's effects, as nodes of the workflow that was delivered to write it. */
export const OF_DELIVERY = "{{ $('hook').item.json.body.run }}";
/** The same in a called workflow. */
export const OF_CALL = "{{ $('called').item.json.run }}";

/** A webhook, and an item for each entry of what it gets. */
export const HOOK: readonly NodeSketch[] = [
  ['hook', 'core.webhook', { answer: 'now' }],
  ['split', 'core.splitOut', { field: 'body.items' }],
];

/** What every run that gives something ends with. */
export const END: NodeSketch = ['end', 'core.noOp'];

/** A write to the vendor; a lost answer is sent again. */
export function effect(id: string, url: string, more: { readonly settings?: object; readonly parent?: string } = {}): NodeSketch {
  const settings = { onLostAnswer: 'resend', timeoutMs: TIMEOUT_MS, ...more.settings };
  const parameters = { method: 'POST', url, bodyType: 'json', body: { effect: id }, timeoutMs: TIMEOUT_MS };
  return [id, 'http.request', parameters, settings, more.parent];
}

/** Paths of a list's items. */
export function paths(count: number, pathOf: (n: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, n) => pathOf(n));
}
