/** Where a value goes in a request. */
export type RequestPlace = `query.${string}` | `body.${string}` | `header.${string}`;

/** A path in an answer: `body`, `body.data[0].id`, `header.link`, `status`. */
export type AnswerPath = string;

/** A time: `10s`, `5m`, `1h`, `2d`, `500ms`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Ms of a duration such as `10s`; 0 for what is none. */
export function durationMs(text: Duration): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const unit = match?.[2];
  return match === null || unit === undefined ? 0 : Number(match[1]) * UNITS[unit as keyof typeof UNITS];
}

interface PageBase {
  /** The list of items in an answer. */
  readonly items: AnswerPath;
  /** Where the size of a page goes, and the most that the service gives. Absent: the service's own. */
  readonly size?: readonly [RequestPlace, number];
  /** Pages read at most; then what is there is given. Default 1,000. */
  readonly maxPages?: number;
  /** Whether an empty page ends the list. Default true. */
  readonly emptyEnds?: boolean;
}

/** How a list goes on. */
export type PageSpec =
  /** The service gives everything at once. */
  | (PageBase & { readonly kind: 'single' })
  /** A token of the answer goes into the next request; ends when there is none. */
  | (PageBase & { readonly kind: 'cursor'; readonly send: RequestPlace; readonly from: AnswerPath; readonly more?: AnswerPath })
  /** Items to skip. Ends with a page that is not full, or at `total`. */
  | (PageBase & { readonly kind: 'offset'; readonly send: RequestPlace; readonly total?: AnswerPath })
  /** A number that counts. Ends with a page that is not full, at `pages`, or when `more` is false. */
  | (PageBase & {
      readonly kind: 'page';
      readonly send: RequestPlace;
      /** Default 1. */
      readonly first?: number;
      readonly pages?: AnswerPath;
      readonly more?: AnswerPath;
    })
  /** `Link: <…>; rel="next"` (RFC 8288). Only to the same host. */
  | (PageBase & { readonly kind: 'link' })
  /** The next address stands in the answer. Only to the same host. */
  | (PageBase & { readonly kind: 'nextUrl'; readonly from: AnswerPath })
  /** GraphQL connections: `pageInfo { hasNextPage endCursor }`. `items` names the `nodes` or `edges`. */
  | (PageBase & { readonly kind: 'relay'; readonly pageInfo: AnswerPath; readonly variable?: string })
  /** A field of the last item goes into the next request. */
  | (PageBase & { readonly kind: 'keyset'; readonly send: RequestPlace; readonly key: string; readonly more?: AnswerPath })
  /** From one time to another in steps, each step one request. */
  | (PageBase & {
      readonly kind: 'timeWindow';
      readonly from: RequestPlace;
      readonly to: RequestPlace;
      readonly step: Duration;
      /** Input fields with both ends, ISO 8601. */
      readonly between: readonly [string, string];
    });

type Written<K extends PageSpec['kind']> = Omit<Extract<PageSpec, { readonly kind: K }>, 'kind'>;

/** Everything in one answer. */
export const single = (spec: Written<'single'>): PageSpec => ({ kind: 'single', ...spec });
/** A token of the answer goes into the next request. */
export const cursor = (spec: Written<'cursor'>): PageSpec => ({ kind: 'cursor', ...spec });
/** Items to skip. */
export const offset = (spec: Written<'offset'>): PageSpec => ({ kind: 'offset', ...spec });
/** Page numbers. */
export const page = (spec: Written<'page'>): PageSpec => ({ kind: 'page', ...spec });
/** The Link header. */
export const link = (spec: Written<'link'>): PageSpec => ({ kind: 'link', ...spec });
/** The next address in the answer. */
export const nextUrl = (spec: Written<'nextUrl'>): PageSpec => ({ kind: 'nextUrl', ...spec });
/** GraphQL connections. */
export const relay = (spec: Written<'relay'>): PageSpec => ({ kind: 'relay', ...spec });
/** After the last item. */
export const keyset = (spec: Written<'keyset'>): PageSpec => ({ kind: 'keyset', ...spec });
/** Steps of time. */
export const timeWindow = (spec: Written<'timeWindow'>): PageSpec => ({ kind: 'timeWindow', ...spec });
