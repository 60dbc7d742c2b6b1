import { isJsonObject, type JsonValue } from '@millwright/core';
import { asText } from '@millwright/openapi';
import type { MockAnswer } from '../answer.ts';
import { scenarioRefusal } from '../contract-mock.ts';
import type { AcceptedRequest, Scenario } from '../rules.ts';

/** How a list goes on, in the words of a connector's `pages`. */
export interface PageKind {
  readonly kind: 'cursor' | 'offset' | 'page' | 'link' | 'nextUrl' | 'relay' | 'keyset' | 'timeWindow' | 'single';
  /** The list in an answer: `body.data`. */
  readonly items: string;
  /** Where the request says from where: `query.after`. */
  readonly send?: string;
  /** Where the answer says how it goes on: `body.paging.next`; of a time window, where the request says the start. */
  readonly from?: string;
  /** Where the answer says whether it goes on. */
  readonly more?: string;
  /** Field of an item, for `keyset`. */
  readonly key?: string;
  /** The first page's number. Default 1. */
  readonly first?: number;
  /** Where the answer of a GraphQL connection says how it goes on. */
  readonly pageInfo?: string;
  /** The GraphQL variable. Default `after`. */
  readonly variable?: string;
}

/** Pages that are served in order. */
export interface PagesOptions {
  readonly operation?: string;
  readonly pages: PageKind;
  /** The items of each page. */
  readonly items: readonly (readonly JsonValue[])[];
  /** The rest of each answer. Default an object with nothing else. */
  readonly envelope?: JsonValue;
}

/** A field deep in a value: `data.list` set, the rest kept. */
function withField(value: JsonValue, steps: readonly string[], inner: JsonValue): JsonValue {
  const [step, ...rest] = steps;
  if (step === undefined) return inner;
  const own = isJsonObject(value) ? value : {};
  return { ...own, [step]: withField(own[step] ?? {}, rest, inner) };
}

function stepsBelowBody(path: string): readonly string[] {
  return path.split('.').slice(1);
}

/** What a request says at a place: `query.after`, `body.variables.after`. */
function sentAt(accepted: AcceptedRequest, place: string): JsonValue | undefined {
  const [part = '', ...steps] = place.split('.');
  if (part === 'query') return accepted.request.url.searchParams.get(steps.join('.')) ?? undefined;
  if (part === 'header') return accepted.request.headers[steps.join('.').toLowerCase()];
  return steps.reduce<JsonValue | undefined>((value, step) => (isJsonObject(value) ? value[step] : undefined), accepted.decoded.body);
}

/** The mark of each page but the first: what a request for it says. */
function marks({ pages, items }: PagesOptions): readonly string[] {
  const skipped = items.map((_page, index) => items.slice(0, index).reduce((sum, page) => sum + page.length, 0));
  return items.map((_page, index) => {
    if (pages.kind === 'offset') return String(skipped[index] ?? 0);
    if (pages.kind === 'page') return String((pages.first ?? 1) + index);
    if (pages.kind === 'keyset') {
      const last = items[index - 1]?.at(-1);
      return isJsonObject(last) ? asText(last[pages.key ?? 'id']) : '';
    }
    return `page-${index + 1}`;
  });
}

function placeOf(pages: PageKind): string {
  if (pages.kind === 'relay') return `body.variables.${pages.variable ?? 'after'}`;
  return pages.send ?? `query.${pages.kind === 'link' || pages.kind === 'nextUrl' ? 'page_mark' : 'cursor'}`;
}

/** The address of a further page. */
function addressOf(accepted: AcceptedRequest, place: string, mark: string): string {
  const url = new URL(accepted.request.url.href);
  url.searchParams.set(place.split('.').slice(1).join('.'), mark);
  return url.href;
}

interface Page {
  readonly body: JsonValue;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How an answer says that there is another page. */
function goOn(
  accepted: AcceptedRequest,
  { pages, page, next }: { readonly pages: PageKind; readonly page: Page; readonly next: string | undefined },
): Page {
  const place = placeOf(pages);
  const more = pages.more === undefined ? page.body : withField(page.body, stepsBelowBody(pages.more), next !== undefined);
  if (pages.kind === 'relay')
    return {
      body: withField(page.body, stepsBelowBody(pages.pageInfo ?? 'body.pageInfo'), {
        hasNextPage: next !== undefined,
        endCursor: next ?? null,
      }),
    };
  if (next === undefined) return { body: more };
  if (pages.kind === 'link') return { body: more, headers: { link: `<${addressOf(accepted, place, next)}>; rel="next"` } };
  if (pages.kind === 'nextUrl')
    return { body: withField(more, stepsBelowBody(pages.from ?? 'body.next'), addressOf(accepted, place, next)) };
  return { body: pages.kind === 'cursor' ? withField(more, stepsBelowBody(pages.from ?? 'body.next'), next) : more };
}

/**
 * Serves pages of one list: each request must carry the mark that the page before gave, and nothing may be asked twice or past the end
 * (an offset or number behind the last page gets an empty one). A request out of order is refused.
 */
export function pagesOf(options: PagesOptions): Scenario & { readonly served: () => readonly number[] } {
  const { pages, items } = options;
  const place = placeOf(pages);
  const known = marks(options);
  const served: number[] = [];
  const counted = pages.kind === 'offset' || pages.kind === 'page';
  const find = (sent: string | undefined): number => {
    if (sent === undefined || sent === '') return 0;
    const index = known.indexOf(sent);
    return index < 0 && (counted || pages.kind === 'keyset') && served.length >= items.length ? items.length : index;
  };
  const answer = (accepted: AcceptedRequest): MockAnswer => {
    const sent = sentAt(accepted, pages.kind === 'timeWindow' ? (pages.from ?? 'query.from') : place);
    const index = pages.kind === 'timeWindow' ? served.length : find(sent === undefined || sent === null ? undefined : asText(sent));
    if (index < 0) return scenarioRefusal(`"${JSON.stringify(sent)}" at ${place} is the mark of no page`);
    if (served.includes(index)) return scenarioRefusal(`page ${index + 1} was asked for twice`);
    served.push(index);
    const list = withField(options.envelope ?? {}, stepsBelowBody(pages.items), items[index] ?? []);
    return goOn(accepted, { pages, page: { body: list }, next: index + 1 < items.length ? known[index + 1] : undefined });
  };
  return { rules: [{ ...(options.operation === undefined ? {} : { operation: options.operation }), answer }], served: () => served };
}
