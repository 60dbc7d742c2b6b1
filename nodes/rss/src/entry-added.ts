import { createHash } from 'node:crypto';
import { definePolledTrigger, z, type PolledEvent } from '@millwright/node-sdk';
import { FEED_URL, fetchFeed, ITEM, ITEM_SAMPLE, toOutput, type FeedVersion } from './fetch-feed.ts';
import type { Feed, FeedItem } from './parse-feed.ts';

/** Names that are kept of entries which the feed shows no more: some feeds bring them back. */
const KEPT = 2_000;

const STATE = z.object({ etag: z.string(), lastModified: z.string(), seen: z.array(z.string()) });

/** An entry's guid, else its link: as short as collisions allow. */
function nameOf({ guid }: FeedItem): string {
  return createHash('sha256').update(guid).digest('base64url').slice(0, 22);
}

function stateOf(seen: readonly string[], shown: readonly string[], { etag, lastModified }: FeedVersion): z.output<typeof STATE> {
  const isShown = new Set(shown);
  const gone = seen.filter((name) => !isShown.has(name)).slice(-KEPT);
  return { etag, lastModified, seen: [...gone, ...isShown] };
}

/** Entries that were not there before, each once, the oldest first: feeds show the newest first, or give dates. */
function freshOf({ items, title }: Feed, seen: readonly string[]): PolledEvent<z.input<typeof ITEM>>[] {
  const known = new Set(seen);
  const fresh = items.filter((item) => {
    const name = nameOf(item);
    const isKnown = known.has(name);
    known.add(name);
    return !isKnown;
  });
  const atMs = ({ publishedAt, updatedAt }: FeedItem): number => Date.parse(publishedAt || updatedAt) || 0;
  return fresh
    .toReversed()
    .sort((one, other) => atMs(one) - atMs(other))
    .map((item) => ({ id: nameOf(item), data: toOutput(item, title) }));
}

/** New entries of a feed. */
export const entryAdded = definePolledTrigger({
  type: 'rss.entryAdded',
  version: 1,
  title: 'RSS: New entry',
  description: 'Starts for each new entry of an RSS or Atom feed.',
  icon: 'rss',
  aliases: ['rss', 'atom', 'feed', 'news', 'podcast', 'blog', 'nachrichten', 'neu'],
  every: '5m',
  input: z.strictObject({ url: FEED_URL }),
  output: ITEM,
  sample: ITEM_SAMPLE,
  poll: async ({ input, http, nowMs, state, takesAll }) => {
    const before = state === null ? null : STATE.parse(state);
    const fetched = await fetchFeed({ http, nowMs }, input.url, before ?? undefined);
    if (fetched === null) return { events: [], state: state ?? { etag: '', lastModified: '', seen: [] } };
    const { feed, version } = fetched;
    const seen = before?.seen ?? [];
    const next = stateOf(
      seen,
      feed.items.map((item) => nameOf(item)),
      version,
    );
    return { events: before === null && !takesAll ? [] : freshOf(feed, seen), state: next };
  },
});
