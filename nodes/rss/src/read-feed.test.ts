import { UserError, type HttpResponse, type JsonObject } from '@millwright/node-sdk';
import { runAction } from '@millwright/node-sdk/testing';
import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse-feed.ts';
import { readFeed } from './read-feed.ts';

const URL_ = 'https://example.com/blog/feed.xml';

const RSS = `<?xml version="1.0"?><rss version="2.0" xmlns:dc="d" xmlns:content="c" xmlns:atom="a"><channel>
  <title>News &amp; more</title><atom:link rel="self" href="${URL_}"/><link>https://example.com/</link>
  <item><title><![CDATA[A <b>bold</b> one]]></title><link>/a?x=1&amp;y=2</link><guid isPermaLink="false">007</guid><pubDate>Sat, 21 Nov 2026 10:00:00 +0100</pubDate>
    <dc:creator>Ada</dc:creator><category>x</category><category>y</category><description>short</description><content:encoded><![CDATA[<p>long</p>]]></content:encoded>
    <enclosure url="https://example.com/a.mp3" length="123" type="audio/mpeg"/></item>
  <item><title>no guid</title><link>https://example.com/b</link></item>
  <item><title>twice</title><guid>007</guid></item>
  <item><title>evil</title><guid>evil</guid><link>javascript:alert(1)</link></item>
</channel></rss>`;

const ATOM = `\uFEFF<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Atom</title><link rel="self" href="x"/><link href="https://example.com/"/>
  <entry><id>urn:1</id><title type="html">Caf&#233;</title><link rel="enclosure" href="f.pdf" length="x"/><link href="../one"/><published>2026-11-20T00:00:00Z</published>
  <updated>2026-11-21T00:00:00Z</updated><author><name>Grace</name></author><category term="t"/><summary>s</summary><content type="html">&lt;p&gt;c&lt;/p&gt;</content></entry></feed>`;

const RDF = `<rdf:RDF xmlns:rdf="r" xmlns:dc="d"><channel rdf:about="x"><title>Old</title><link>https://example.com</link></channel>
  <item rdf:about="https://example.com/1"><title>One</title><link>https://example.com/1</link><dc:date>2026-11-20</dc:date></item></rdf:RDF>`;

async function read(body: string, parameters: JsonObject = {}, answer: Partial<HttpResponse> = {}) {
  const http = (): HttpResponse => ({ status: 200, headers: {}, body, bodyType: 'text', ...answer });
  const { ports } = await runAction(readFeed, { parameters: { url: URL_, ...parameters }, http });
  return (ports['main'] ?? []).map(({ json }) => json as JsonObject);
}

describe('a feed', () => {
  it('in RSS 2.0: texts, absolute links, namespaces, guids as text; an entry that comes twice comes once', async () => {
    const items = await read(RSS);
    expect(items.map(({ guid }) => guid)).toEqual(['007', 'https://example.com/b', 'evil']);
    expect(items[0]).toEqual({
      guid: '007',
      title: 'A <b>bold</b> one',
      link: 'https://example.com/a?x=1&y=2',
      author: 'Ada',
      publishedAt: '2026-11-21T09:00:00.000Z',
      updatedAt: '',
      summary: 'short',
      content: '<p>long</p>',
      categories: ['x', 'y'],
      enclosures: [{ url: 'https://example.com/a.mp3', type: 'audio/mpeg', bytes: 123 }],
      feedTitle: 'News & more',
    });
  });

  it('in Atom and in RSS 1.0', async () => {
    expect((await read(ATOM))[0]).toMatchObject({
      guid: 'urn:1',
      title: 'Café',
      link: 'https://example.com/one',
      author: 'Grace',
      content: '<p>c</p>',
      categories: ['t'],
      feedTitle: 'Atom',
      enclosures: [{ url: 'https://example.com/blog/f.pdf', type: '', bytes: null }],
    });
    expect((await read(RDF))[0]).toMatchObject({
      guid: 'https://example.com/1',
      publishedAt: '2026-11-20T00:00:00.000Z',
      feedTitle: 'Old',
    });
  });

  it('gives only what is new: by guid, by date, and no more than asked for', async () => {
    expect(await read(RSS, { known: ['007', 'evil'] })).toHaveLength(1);
    expect((await read(RSS, { since: '2026-11-21T09:00:00Z' })).map(({ guid }) => guid)).not.toContain('007');
    expect(await read(RSS, { maxItems: 1 })).toHaveLength(1);
  });

  it('holds no link that is no web address', async () => {
    expect((await read(RSS)).find(({ guid }) => guid === 'evil')?.['link']).toBe('');
  });

  it('in another encoding is read as it says', async () => {
    const bytes = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><rss><channel><title>Käse</title><item><guid>1</guid></item></channel></rss>',
      'latin1',
    );
    expect((await read(bytes.toString('base64'), {}, { bodyType: 'base64' }))[0]).toMatchObject({ feedTitle: 'Käse' });
  });
});

describe('what is no feed is refused in words', () => {
  const bomb = `<!DOCTYPE a [<!ENTITY x "${'x'.repeat(100)}"><!ENTITY y "${'&x;'.repeat(1_000)}">]><rss><channel><title>&y;</title></channel></rss>`;
  it.each([
    ['a page', '<!doctype html><html><body>Hi</body></html>', 'feed_invalid'],
    ['JSON', '{"a":1}', 'feed_invalid'],
    ['half of it', RSS.slice(0, 300), 'feed_invalid'],
    ['an XML bomb', bomb, 'feed_invalid'],
    [
      'a file by an entity',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
      'feed_invalid',
    ],
    ['deep nesting', `<rss><channel>${'<a>'.repeat(50_000)}`, 'feed_invalid'],
    ['nothing', '', 'feed_invalid'],
  ])('%s', async (_name, body, code) => {
    await expect(read(body)).rejects.toMatchObject({ code });
  });

  it('a status', async () => {
    await expect(read('', {}, { status: 429, headers: { 'retry-after': '7' } })).rejects.toMatchObject({
      kind: 'rate',
      retry: { afterMs: 7_000 },
    });
    await expect(read('', {}, { status: 404 })).rejects.toMatchObject({ kind: 'permanent' });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('an element named %s, which no feed has', (name) => {
    expect(() => parseFeed(`<rss><channel><${name}>x</${name}></channel></rss>`, URL_)).toThrow(UserError);
    expect(({} as JsonObject)['x']).toBeUndefined();
    expect(() => parseFeed(`<${name}><channel/></${name}>`, URL_)).toThrow(UserError);
  });
});
