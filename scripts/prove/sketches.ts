import type { NodeSketch } from '../../packages/testing/src/index.ts';

/** Longer than any recovery: what a proof holds back must not time out. */
const TIMEOUT_MS = 120_000;

/** The tag of the delivery that started the run. */
const TAG = "{{ $('hook').item.json.body.tag }}";

/** A webhook. */
export function hook(answer: 'now' | 'respond' | 'end'): NodeSketch {
  return ['hook', 'core.webhook', { answer }];
}

/** A write to the vendor with a body of its own per delivery; a lost answer is sent again. */
export function write(id: string, url: string, more: Readonly<Record<string, unknown>> = {}): NodeSketch {
  return [
    id,
    'http.request',
    { method: 'POST', url, bodyType: 'json', body: { tag: TAG, effect: id }, timeoutMs: TIMEOUT_MS },
    { onLostAnswer: 'resend', timeoutMs: TIMEOUT_MS, ...more },
  ];
}

/** A read, which the vendor answers differently each time. */
export function read(id: string, url: string): NodeSketch {
  return [id, 'http.request', { method: 'GET', url, timeoutMs: TIMEOUT_MS }, { timeoutMs: TIMEOUT_MS }];
}

/** Answers the caller with what the vendor said. */
export const answer: NodeSketch = ['answer', 'core.respond', { status: 200, bodyType: 'json', body: { n: '{{ $json.body.n }}' } }];
