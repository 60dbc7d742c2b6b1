import { UserError } from '@millwright/node-sdk';
import { XMLParser } from 'fast-xml-parser';

/** One entry of a feed; texts are empty where it says nothing. */
export interface FeedItem {
  /** What names the entry for good: its guid or id, else its link. */
  readonly guid: string;
  readonly title: string;
  readonly link: string;
  readonly author: string;
  /** RFC 3339; empty where there is none, or none that can be read. */
  readonly publishedAt: string;
  readonly updatedAt: string;
  readonly summary: string;
  /** HTML as the feed has it: not to be trusted. */
  readonly content: string;
  readonly categories: readonly string[];
  readonly enclosures: readonly { readonly url: string; readonly type: string; readonly bytes: number | null }[];
}

/** A feed. */
export interface Feed {
  readonly title: string;
  readonly link: string;
  readonly items: readonly FeedItem[];
}

const LISTS = new Set(['item', 'entry', 'link', 'category', 'enclosure', 'author', 'creator']);

// Names without their prefix: `dc:creator`, `content:encoded`, `atom:link`. A DOCTYPE never gets here, so only XML's own entities are known.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: true,
  htmlEntities: true,
  maxNestedTags: 100,
  isArray: (name) => LISTS.has(name.replace(/^\w+:/, '')),
});

type Xml = Readonly<Record<string, unknown>>;

function isXml(value: unknown): value is Xml {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** The text of an element, of the first where it repeats. */
function textOf(value: unknown): string {
  const [one] = listOf(value);
  if (typeof one === 'string') return one.trim();
  return isXml(one) && typeof one['#text'] === 'string' ? one['#text'].trim() : '';
}

function attribute(value: unknown, name: string): string {
  const text = isXml(value) ? value[`@${name}`] : undefined;
  return typeof text === 'string' ? text : '';
}

/** The first text among elements. */
function first(element: Xml, ...names: readonly string[]): string {
  for (const name of names) {
    const text = textOf(element[name]);
    if (text !== '') return text;
  }
  return '';
}

/** RFC 822 and ISO dates as RFC 3339. */
function dateOf(text: string): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString();
}

/** Absolute; links that are no web address are left out, as they end up in pages. */
function webAddress(text: string, base: string): string {
  const url = text === '' ? null : URL.parse(text, base);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : '';
}

function linkOf(element: Xml, base: string): string {
  const links = listOf(element['link']);
  const best = links.find((link) => ['', 'alternate'].includes(attribute(link, 'rel')) && attribute(link, 'href') !== '');
  return webAddress(
    best === undefined ? textOf(links.filter((link) => typeof link === 'string' || textOf(link) !== '')) : attribute(best, 'href'),
    base,
  );
}

function enclosuresOf(element: Xml, base: string): FeedItem['enclosures'] {
  const atom = listOf(element['link']).filter((link) => attribute(link, 'rel') === 'enclosure');
  const found = [...listOf(element['enclosure']), ...atom].map((one) => {
    const bytes = Number(attribute(one, 'length') || Number.NaN);
    const url = webAddress(attribute(one, 'url') || attribute(one, 'href'), base);
    return { url, type: attribute(one, 'type'), bytes: Number.isSafeInteger(bytes) ? bytes : null };
  });
  return found.filter(({ url }) => url !== '');
}

function authorOf(element: Xml): string {
  const [author] = listOf(element['author']);
  return (isXml(author) ? first(author, 'name', 'email') : '') || first(element, 'dc:creator', 'author', 'itunes:author');
}

/** Text of an element that may hold markup; Atom's `xhtml` is left to the summary. */
function toItem(element: Xml, base: string): FeedItem {
  const link = linkOf(element, base);
  const title = first(element, 'title');
  const publishedAt = dateOf(first(element, 'pubDate', 'published', 'dc:date', 'issued'));
  return {
    guid: first(element, 'guid', 'id') || attribute(element, 'rdf:about') || link || `${title}|${publishedAt}`,
    title,
    link,
    publishedAt,
    updatedAt: dateOf(first(element, 'updated', 'modified', 'atom:updated')),
    author: authorOf(element),
    summary: first(element, 'summary', 'description'),
    content: first(element, 'content:encoded', 'content') || first(element, 'description', 'summary'),
    categories: listOf(element['category'])
      .map((one) => textOf(one) || attribute(one, 'term'))
      .filter((one) => one !== ''),
    enclosures: enclosuresOf(element, base),
  };
}

function noFeed(why: string): UserError {
  return new UserError('unprocessable', {
    code: 'feed_invalid',
    message: `the address gives no feed: ${why}`,
    hint: 'Open it in a browser: it has to show RSS or Atom. A page often names its feed as <link rel="alternate">.',
    details: { sent: true },
  });
}

function read(xml: string): Xml {
  // Entities of one's own make gigabytes out of a line, or read files; no feed needs them.
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw noFeed('it holds a DOCTYPE, which is not read');
  try {
    const parsed: unknown = parser.parse(xml);
    return isXml(parsed) ? parsed : {};
  } catch {
    throw noFeed('it is no XML');
  }
}

/**
 * Reads RSS 0.9–2.0, RSS 1.0 (RDF) or Atom 1.0.
 * @param url where it came from: relative links lead on from there
 * @throws UserError `feed_invalid`
 */
export function parseFeed(xml: string, url: string): Feed {
  const { rss, feed: atom, 'rdf:RDF': rdf } = read(xml.replace(/^\uFEFF/, ''));
  const [rssChannel] = isXml(rss) ? listOf(rss['channel']) : [];
  const [rdfChannel] = isXml(rdf) ? listOf(rdf['channel']) : [];
  const head = [rssChannel, rdfChannel, atom].find(isXml);
  if (head === undefined) throw noFeed('it is neither RSS nor Atom');
  const items = [head['item'], isXml(rdf) ? rdf['item'] : undefined, head['entry']].flatMap(listOf).filter(isXml);
  return { title: first(head, 'title'), link: linkOf(head, url), items: items.map((item) => toItem(item, url)) };
}
