import { defineAction, z } from '@millwright/node-sdk';
import { FEED_URL, fetchFeed, ITEM, ITEM_SAMPLE, toOutput } from './fetch-feed.ts';

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
    url: FEED_URL,
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
  sample: ITEM_SAMPLE,
  run: async ({ input, http, nowMs }) => {
    const { title, items } = (await fetchFeed({ http, nowMs }, input.url))?.feed ?? { title: '', items: [] };
    const sinceMs = input.since === '' ? Number.NEGATIVE_INFINITY : Date.parse(input.since);
    const seen = new Set(input.known);
    const fresh = items.filter(({ guid, publishedAt, updatedAt }) => {
      const newest = Math.max(...[publishedAt, updatedAt].filter((one) => one !== '').map((one) => Date.parse(one)));
      const isSeen = seen.has(guid);
      seen.add(guid);
      return !isSeen && !(Number.isFinite(newest) && newest <= sinceMs);
    });
    return fresh.slice(0, input.maxItems).map((item) => toOutput(item, title));
  },
});
