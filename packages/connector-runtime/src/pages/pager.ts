import { ConnectorError, unreachable, UserError, type JsonValue } from '@millwright/core';
import { durationMs, type PageSpec, type ServiceAnswer } from '@millwright/node-sdk';
import type { Placed } from '../request/build-request.ts';
import { asText } from '../request/fill.ts';
import { readPath, readSteps, readText } from '../request/paths.ts';
import { nextLink } from './link-header.ts';

/** What one page's request has beyond the action's own. */
export interface PageRequest {
  readonly placed: Placed;
  /** In place of the whole address. */
  readonly url: string | null;
}

/** A page that came. */
export interface PageAnswer {
  readonly answer: ServiceAnswer;
  readonly items: readonly JsonValue[];
  readonly sent: PageRequest;
  /** Where it was sent to. */
  readonly url: string;
}

/** The list of items in an answer; what is one object counts as one, nothing as none. */
export function itemsOf(spec: PageSpec, answer: ServiceAnswer): readonly JsonValue[] {
  const found = readPath(answer, spec.items);
  if (found === undefined || found === null) return [];
  const list: readonly JsonValue[] = Array.isArray(found) ? (found as readonly JsonValue[]) : [found];
  if (spec.kind !== 'relay' || !spec.items.endsWith('edges')) return list;
  return list.map((edge) => (readSteps(edge, ['node']) as JsonValue | undefined) ?? null);
}

function timeOf(input: Readonly<Record<string, unknown>>, name: string): number {
  const at = Date.parse(asText(input[name] ?? ''));
  if (!Number.isNaN(at)) return at;
  throw new UserError('invalid', {
    code: 'parameter_invalid',
    message: `"${name}" is no time`,
    hint: 'Write it like 2026-01-31T00:00:00Z.',
    details: { field: `parameters.${name}`, sent: false },
  });
}

function isMore(answer: ServiceAnswer, path: string | undefined): boolean {
  if (path === undefined) return true;
  const said = readPath(answer, path);
  return said === true || said === 'true' || said === 1;
}

/** Refuses to follow a list to another host: the credential would go along. */
function sameHost(target: string, from: string): string {
  const url = URL.parse(target, from);
  if (url !== null && url.host === new URL(from).host && url.protocol === new URL(from).protocol) return url.href;
  throw new ConnectorError('permanent', {
    code: 'page_elsewhere',
    message: `the next page is at another host (${url?.host ?? 'no address'})`,
    hint: 'The service sent an address that is not its own: report it to whoever maintains the connector.',
    details: { sent: true },
  });
}

/** The pages of one list: what to ask first, and next. Pure but for what it remembers: an end that never comes is a fault. */
export class Pager {
  readonly #spec: PageSpec;
  readonly #input: Readonly<Record<string, unknown>>;
  readonly #size: number | null;
  readonly #asked = new Set<string>();
  #count = 0;

  /** @param maxItems wanted in all: pages are not larger */
  constructor(spec: PageSpec, input: Readonly<Record<string, unknown>>, maxItems: number) {
    this.#spec = spec;
    this.#input = input;
    this.#size = spec.size === undefined ? null : Math.min(spec.size[1], maxItems);
  }

  first(): PageRequest {
    const spec = this.#spec;
    if (spec.kind === 'offset') return this.#ask({ [spec.send]: 0 });
    if (spec.kind === 'page') return this.#ask({ [spec.send]: spec.first ?? 1 });
    return this.#ask(spec.kind === 'timeWindow' ? this.#window(spec, timeOf(this.#input, spec.between[0])) : {});
  }

  /**
   * @returns null when the list is over
   * @throws ConnectorError `page_repeats` when the service asks for a page that was read, `page_elsewhere`
   */
  next(page: PageAnswer): PageRequest | null {
    this.#count += page.items.length;
    if (this.#asked.size >= (this.#spec.maxPages ?? 1000)) return null;
    if (page.items.length === 0 && this.#spec.emptyEnds !== false && this.#spec.kind !== 'timeWindow') return null;
    return this.#after(page);
  }

  #after({ answer, items, sent, url }: PageAnswer): PageRequest | null {
    const spec = this.#spec;
    const isFull = items.length > 0 && (this.#size === null || items.length >= this.#size);
    switch (spec.kind) {
      case 'single':
        return null;
      case 'cursor': {
        const token = isMore(answer, spec.more) ? readPath(answer, spec.from) : null;
        return token === undefined || token === null || token === '' ? null : this.#ask({ [spec.send]: token });
      }
      case 'offset': {
        const total = spec.total === undefined ? undefined : readPath(answer, spec.total);
        const isOver = typeof total === 'number' ? this.#count >= total : !isFull;
        return isOver ? null : this.#ask({ [spec.send]: this.#count });
      }
      case 'page': {
        const at = Number(sent.placed[spec.send] ?? spec.first ?? 1);
        const pages = spec.pages === undefined ? undefined : readPath(answer, spec.pages);
        const isOver =
          typeof pages === 'number' ? at - (spec.first ?? 1) + 1 >= pages : spec.more === undefined ? !isFull : !isMore(answer, spec.more);
        return isOver ? null : this.#ask({ [spec.send]: at + 1 });
      }
      case 'link':
        return this.#goTo(nextLink(answer.header['link']), url);
      case 'nextUrl':
        return this.#goTo(readText(answer, spec.from), url);
      case 'relay': {
        const info = readPath(answer, spec.pageInfo);
        const end = readSteps(info, ['endCursor']);
        return readSteps(info, ['hasNextPage']) === true && typeof end === 'string'
          ? this.#ask({ [`body.${spec.variable ?? 'after'}`]: end })
          : null;
      }
      case 'keyset': {
        const key = readPath(items.at(-1), spec.key);
        const isOver = spec.more === undefined ? !isFull : !isMore(answer, spec.more);
        return isOver || key === undefined || key === null ? null : this.#ask({ [spec.send]: key });
      }
      case 'timeWindow': {
        const from = Date.parse(asText(sent.placed[spec.to] ?? ''));
        return from >= timeOf(this.#input, spec.between[1]) ? null : this.#ask(this.#window(spec, from));
      }
      default:
        return unreachable(spec);
    }
  }

  #window(spec: Extract<PageSpec, { kind: 'timeWindow' }>, fromMs: number): Placed {
    const endMs = Math.min(fromMs + durationMs(spec.step), timeOf(this.#input, spec.between[1]));
    return { [spec.from]: new Date(fromMs).toISOString(), [spec.to]: new Date(endMs).toISOString() };
  }

  #goTo(target: string | null, from: string): PageRequest | null {
    return target === null ? null : this.#remembered({ placed: {}, url: sameHost(target, from) });
  }

  #ask(placed: Placed): PageRequest {
    const { size } = this.#spec;
    return this.#remembered({
      placed: size === undefined || this.#size === null ? placed : { [size[0]]: this.#size, ...placed },
      url: null,
    });
  }

  #remembered(request: PageRequest): PageRequest {
    const name = JSON.stringify(request);
    if (this.#asked.has(name)) {
      throw new ConnectorError('permanent', {
        code: 'page_repeats',
        message: 'the service asks for a page that was read before: the list would never end',
        hint: 'Nothing is lost; lower "Items at most", or report it to the service.',
        details: { sent: true },
      });
    }
    this.#asked.add(name);
    return request;
  }
}
