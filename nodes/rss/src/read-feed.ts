import { ConnectorError, defineAction, retryAfterMs, z } from '@millwright/node-sdk';
import { parseFeed } from './parse-feed.ts';

const ITEM = z.object({
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

/** Reads the entries of a feed. */
export const readFeed = defineAction({
  type: 'rss.read',
  version: 1,
  title: 'RSS: Read feed',
  description: 'Reads the entries of an RSS or Atom feed, each once.',
  category: 'apps',
  icon: 'rss',
  aliases: ['rss', 'atom', 'feed', 'news', 'podcast', 'nachrichten', 'lesen'],
  effect: 'read',
  input: z.strictObject({
    url: z
      .string()
      .min(1)
      .max(8_000)
      .meta({ title: 'Address', field: { control: 'url', placeholder: 'https://example.com/feed.xml' } }),
    since: z
      .string()
      .max(40)
      .default('')
      .meta({
        title: 'Newer than',
        description: 'Entries published or changed after it. Those without a date always come.',
        field: { control: 'dateTime' },
      }),
    known: z
      .array(z.string())
      .max(10_000)
      .default([])
      .meta({ title: 'Known', description: 'A list of guids that are left out: those that were seen before.', field: { control: 'json' } }),
    maxItems: z
      .int()
      .min(1)
      .max(1_000)
      .default(100)
      .meta({ title: 'Entries at most', field: { control: 'number' } }),
  }),
  output: ITEM,
  sample: {
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
  },
  run: async ({ input, http, nowMs }) => {
    const accept = 'application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1';
    const { status, headers, body, bodyType } = await http.request({ method: 'GET', url: input.url, headers: { accept } });
    if (status >= 400) throw refused(status, retryAfterMs(headers, { nowMs }));
    const given = typeof body === 'string' ? body : JSON.stringify(body);
    const text = bodyType === 'base64' ? decoded(given, headers['content-type'] ?? '') : given;
    const { title, items } = parseFeed(text, input.url);
    const sinceMs = input.since === '' ? Number.NEGATIVE_INFINITY : Date.parse(input.since);
    const seen = new Set(input.known);
    const fresh = items.filter(({ guid, publishedAt, updatedAt }) => {
      const newest = Math.max(...[publishedAt, updatedAt].filter((one) => one !== '').map((one) => Date.parse(one)));
      const isSeen = seen.has(guid);
      seen.add(guid);
      return !isSeen && !(Number.isFinite(newest) && newest <= sinceMs);
    });
    return fresh.slice(0, input.maxItems).map((item) => ({
      ...item,
      categories: [...item.categories],
      enclosures: [...item.enclosures],
      feedTitle: title,
    }));
  },
});

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
