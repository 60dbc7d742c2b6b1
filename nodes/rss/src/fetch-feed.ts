import { ConnectorError, retryAfterMs, z, type ActionContext } from '@millwright/node-sdk';
import { parseFeed, type Feed, type FeedItem } from './parse-feed.ts';

/** One entry, as items have it. */
export const ITEM = z.object({
  guid: z.string(),
  title: z.string(),
  link: z.string(),
  author: z.string(),
  publishedAt: z.string(),
  updatedAt: z.string(),
  summary: z.string(),
  content: z.string(),
  categories: z.array(z.string()),
  enclosures: z.array(z.object({ url: z.string(), type: z.string(), bytes: z.number().nullable() })),
  feedTitle: z.string(),
});

/** An entry as an example. */
export const ITEM_SAMPLE: z.input<typeof ITEM> = {
  guid: 'https://example.com/2026/11/hello',
  title: 'Hello',
  link: 'https://example.com/2026/11/hello',
  author: 'Ada Lovelace',
  publishedAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '',
  summary: 'The first entry.',
  content: '<p>The first entry.</p>',
  categories: ['news'],
  enclosures: [],
  feedTitle: 'Example',
};

/** One entry of `feedTitle`. */
export function toOutput(item: FeedItem, feedTitle: string): z.input<typeof ITEM> {
  return { ...item, categories: [...item.categories], enclosures: [...item.enclosures], feedTitle };
}

/** Where a feed is. */
export const FEED_URL = z
  .string()
  .min(1)
  .max(8_000)
  .meta({ title: 'Address', field: { control: 'url', placeholder: 'https://example.com/feed.xml' } });

/** What a feed is called by its server, to be asked with again. */
export interface FeedVersion {
  readonly etag: string;
  readonly lastModified: string;
}

const ACCEPT = 'application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1';

/**
 * Fetches a feed.
 * @param known what the server called it the last time
 * @returns null where it has not changed since
 * @throws ConnectorError `http_status_…`; UserError `feed_invalid`
 */
export async function fetchFeed(
  { http, nowMs }: Pick<ActionContext<unknown>, 'http' | 'nowMs'>,
  url: string,
  known: FeedVersion = { etag: '', lastModified: '' },
): Promise<{ readonly feed: Feed; readonly version: FeedVersion } | null> {
  const conditions = {
    ...(known.etag === '' ? {} : { 'if-none-match': known.etag }),
    ...(known.lastModified === '' ? {} : { 'if-modified-since': known.lastModified }),
  };
  const { status, headers, body, bodyType } = await http.request({ method: 'GET', url, headers: { accept: ACCEPT, ...conditions } });
  if (status === 304) return null;
  if (status >= 400) throw refused(status, retryAfterMs(headers, { nowMs }));
  const given = typeof body === 'string' ? body : JSON.stringify(body);
  const text = bodyType === 'base64' ? decoded(given, headers['content-type'] ?? '') : given;
  return { feed: parseFeed(text, url), version: { etag: headers['etag'] ?? '', lastModified: headers['last-modified'] ?? '' } };
}

/** Bytes that the runtime did not take for text. */
function decoded(base64: string, contentType: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const named =
    /charset="?([\w-]+)/i.exec(contentType)?.[1] ??
    /^<\?xml[^>]*encoding=["']([\w-]+)/.exec(bytes.subarray(0, 200).toString('latin1'))?.[1];
  try {
    return new TextDecoder(named ?? 'utf-8').decode(bytes);
  } catch {
    return bytes.toString();
  }
}

function refused(status: number, afterMs: number | null): ConnectorError {
  const kind =
    status === 429 ? 'rate' : status === 408 || status >= 500 ? 'transient' : status === 401 || status === 403 ? 'auth' : 'permanent';
  const canWait = kind === 'rate' || kind === 'transient';
  return new ConnectorError(kind, {
    code: `http_status_${status}`,
    message: `the feed answered with status ${status}`,
    hint: canWait ? 'It is tried again when retries are on.' : 'Check the address.',
    ...(canWait ? { retry: { afterMs: afterMs ?? 1_000 } } : {}),
    details: { status, sent: true },
  });
}
