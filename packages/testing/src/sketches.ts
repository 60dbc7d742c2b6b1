import type { NodeSketch } from './documents.ts';

/** A webhook, `hook`, that answers at once. */
export const HOOK_NOW: NodeSketch = ['hook', 'core.webhook', { answer: 'now' }];

/** A request that posts each item as JSON. */
export function postItem(id: string, url: string, settings: Readonly<Record<string, unknown>> = {}): NodeSketch {
  return [id, 'http.request', { method: 'POST', url, bodyType: 'json', body: '{{ $json }}' }, settings];
}
