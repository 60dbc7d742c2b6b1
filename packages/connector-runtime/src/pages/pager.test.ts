import { cursor, keyset, offset, page, relay, timeWindow, type PageSpec } from '@millwright/node-sdk';
import type { JsonValue } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { nextLink } from './link-header.ts';
import { itemsOf, Pager } from './pager.ts';

/** What is asked for, page by page, while the service gives these bodies. */
function asked(
  spec: PageSpec,
  bodies: readonly JsonValue[],
  { input = {}, maxItems = 1000 }: { readonly input?: Readonly<Record<string, unknown>>; readonly maxItems?: number } = {},
) {
  const pager = new Pager(spec, input, maxItems);
  const requests: unknown[] = [];
  let request = pager.first() as ReturnType<Pager['first']> | null;
  for (const body of bodies) {
    if (request === null) break;
    requests.push(request.placed);
    const answer = { status: 200, header: {}, body };
    request = pager.next({ answer, items: itemsOf(spec, answer), sent: request, url: 'https://api.example.com/items' });
  }
  return { requests, isOver: request === null };
}

const items = 'body.items';

describe('pages', () => {
  it('a cursor is sent until there is none; sizes are asked for at most as many as are wanted', () => {
    const spec = cursor({ items, send: 'query.after', from: 'body.next', size: ['query.limit', 100] });
    expect(
      asked(
        spec,
        [
          { items: [1], next: 'b' },
          { items: [2], next: '' },
        ],
        { maxItems: 30 },
      ),
    ).toEqual({ requests: [{ 'query.limit': 30 }, { 'query.limit': 30, 'query.after': 'b' }], isOver: true });
  });

  it('a cursor that comes again is a fault, as is one that goes in a circle', () => {
    const spec = cursor({ items, send: 'query.after', from: 'body.next' });
    for (const bodies of [
      ['a', 'a'],
      ['a', 'b', 'a'],
    ])
      expect(() =>
        asked(
          spec,
          bodies.map((next) => ({ items: [1], next })),
        ),
      ).toThrow(expect.objectContaining({ code: 'page_repeats', kind: 'permanent' }));
  });

  it('a cursor that is told beside "has more: false" is not followed', () => {
    expect(
      asked(cursor({ items, send: 'query.after', from: 'body.next', more: 'body.more' }), [{ items: [1], next: 'b', more: false }]).isOver,
    ).toBe(true);
  });

  it('an empty page ends a list, unless the service gives short ones in between', () => {
    const body = { items: [], next: 'b' };
    expect(asked(cursor({ items, send: 'query.after', from: 'body.next' }), [body]).isOver).toBe(true);
    expect(asked(cursor({ items, send: 'query.after', from: 'body.next', emptyEnds: false }), [body]).isOver).toBe(false);
  });

  it('an offset counts what came and ends with a page that is not full, or at the total', () => {
    const spec = offset({ items, send: 'query.skip', size: ['query.take', 2] });
    expect(asked(spec, [{ items: [1, 2] }, { items: [3] }])).toEqual({
      requests: [
        { 'query.take': 2, 'query.skip': 0 },
        { 'query.take': 2, 'query.skip': 2 },
      ],
      isOver: true,
    });
    expect(asked(offset({ items, send: 'query.skip', total: 'body.total' }), [{ items: [1, 2], total: 2 }]).isOver).toBe(true);
  });

  it('page numbers count from where the service does, and end as it says', () => {
    expect(
      asked(page({ items, send: 'query.page', first: 0, pages: 'body.pages' }), [
        { items: [1], pages: 2 },
        { items: [2], pages: 2 },
      ]),
    ).toEqual({ requests: [{ 'query.page': 0 }, { 'query.page': 1 }], isOver: true });
  });

  it('a keyset goes on after the last item', () => {
    expect(
      asked(keyset({ items, send: 'query.starting_after', key: 'id', more: 'body.has_more' }), [
        { items: [{ id: 'x' }, { id: 'y' }], has_more: true },
        { items: [{ id: 'z' }], has_more: false },
      ]),
    ).toEqual({
      requests: [{}, { 'query.starting_after': 'y' }],
      isOver: true,
    });
  });

  it('GraphQL connections give their nodes', () => {
    const spec = relay({ items: 'body.data.things.edges', pageInfo: 'body.data.things.pageInfo' });
    const body = { data: { things: { edges: [{ node: { id: 1 } }], pageInfo: { hasNextPage: true, endCursor: 'c' } } } };
    expect(itemsOf(spec, { status: 200, header: {}, body })).toEqual([{ id: 1 }]);
    expect(asked(spec, [body, { data: { things: { edges: [{ node: {} }], pageInfo: { hasNextPage: false } } } }])).toEqual({
      requests: [{}, { 'body.after': 'c' }],
      isOver: true,
    });
  });

  it('time goes in steps to the end, empty ones too', () => {
    const spec = timeWindow({ items, from: 'query.from', to: 'query.to', step: '1d', between: ['start', 'end'] });
    const input = { start: '2026-01-01T00:00:00Z', end: '2026-01-02T12:00:00Z' };
    expect(asked(spec, [{ items: [] }, { items: [1] }], { input })).toEqual({
      requests: [
        { 'query.from': '2026-01-01T00:00:00.000Z', 'query.to': '2026-01-02T00:00:00.000Z' },
        { 'query.from': '2026-01-02T00:00:00.000Z', 'query.to': '2026-01-02T12:00:00.000Z' },
      ],
      isOver: true,
    });
    expect(() => asked(spec, [], { input: { start: 'soon' } })).toThrow(expect.objectContaining({ code: 'parameter_invalid' }));
  });

  it.each([
    ['<https://a.example.com/x?page=2>; rel="next", <https://a.example.com/x?page=9>; rel="last"', 'https://a.example.com/x?page=2'],
    ['<https://a.example.com/x?a=1,2>; title="a, b"; rel="prev next"', 'https://a.example.com/x?a=1,2'],
    ['</x>; rel=next', '/x'],
    ['<https://a.example.com/x>; rel="nextone"', null],
    [undefined, null],
  ])('the next of Link: %s', (header, next) => {
    expect(nextLink(header)).toBe(next);
  });
});
