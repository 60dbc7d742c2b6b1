import type { JsonValue } from '@millwright/core';
import type { PageSpec, ServiceAnswer } from '@millwright/node-sdk';
import { itemsOf, Pager, type PageRequest } from './pager.ts';

/** A list to be read. */
export interface PagedList {
  readonly spec: PageSpec;
  /** What a list by time reads its ends from. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Items wanted in all. */
  readonly maxItems: number;
  readonly signal: AbortSignal;
}

/** One page of a list. */
export interface Page<A extends ServiceAnswer = ServiceAnswer> {
  readonly answer: A;
  /** Never more than are still wanted. */
  readonly items: readonly JsonValue[];
}

/**
 * Reads a list page by page; the next is asked for when the reader goes on.
 * @param send sends the request of one page, and says where it went
 * @throws as `send`, and as `Pager.next`
 */
export async function* readPages<A extends ServiceAnswer>(
  { spec, input, maxItems, signal }: PagedList,
  send: (request: PageRequest) => Promise<{ readonly answer: A; readonly url: string }>,
): AsyncGenerator<Page<A>, void, undefined> {
  const pager = new Pager(spec, input, maxItems);
  let count = 0;
  for (let sent: PageRequest | null = pager.first(); sent !== null;) {
    const { answer, url }: { readonly answer: A; readonly url: string } = await send(sent);
    const items = itemsOf(spec, answer);
    const wanted = items.slice(0, maxItems - count);
    count += wanted.length;
    yield { answer, items: wanted };
    if (count >= maxItems || signal.aborted) return;
    sent = pager.next({ answer, items, sent, url });
  }
}
