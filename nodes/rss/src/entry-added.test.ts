import { ConnectorError, UserError, type HttpRequest, type HttpResponse, type JsonObject } from '@millwright/node-sdk';
import { runPoll } from '@millwright/node-sdk/testing';
import { describe, expect, it } from 'vitest';
import { entryAdded } from './entry-added.ts';

const URL_ = 'https://example.com/feed.xml';

/** Entries as a feed lists them: the newest first. `guid` or `guid@day`. */
function feed(...entries: readonly string[]): string {
  const items = entries.map((entry) => {
    const [guid = '', day] = entry.split('@');
    const date = day === undefined ? '' : `<pubDate>${day} Nov 2026 10:00:00 GMT</pubDate>`;
    return `<item><guid>${guid}</guid><title>${guid}</title>${date}</item>`;
  });
  return `<rss version="2.0"><channel><title>News</title>${items.join('')}</channel></rss>`;
}

class Desk {
  state: JsonObject | null = null;
  asked: HttpRequest[] = [];
  readonly #takesAll: boolean;

  constructor(takesAll = false) {
    this.#takesAll = takesAll;
  }

  /** Asks once and keeps what came. @returns guids of what is new */
  async poll(body: string, answer: Partial<HttpResponse> = {}): Promise<readonly string[]> {
    const http = (request: HttpRequest): HttpResponse => {
      this.asked.push(request);
      return { status: 200, headers: {}, body, bodyType: 'text', ...answer };
    };
    const { events, state } = await runPoll(entryAdded, {
      parameters: { url: URL_, everySeconds: 60 },
      http,
      state: this.state,
      takesAll: this.#takesAll,
    });
    this.state = state;
    return events.map(({ data }) => (data as { readonly guid: string }).guid);
  }
}

describe('new entries of a feed', () => {
  it('the first poll sets the mark; then each new entry comes once, the oldest first, dated or not', async () => {
    const desk = new Desk();
    expect(await desk.poll(feed('b', 'a'))).toEqual([]);
    expect(await desk.poll(feed('d', 'c', 'b', 'a'))).toEqual(['c', 'd']);
    expect(await desk.poll(feed('d', 'c', 'b', 'a'))).toEqual([]);
    expect(await desk.poll(feed('f@2', 'e@3', 'd'))).toEqual(['f', 'e']);
  });

  it('begins with what is there where that is asked for', async () => {
    expect(await new Desk(true).poll(feed('b', 'a'))).toEqual(['a', 'b']);
  });

  it('an entry that comes back after it was gone, or stands there twice, is not new', async () => {
    const desk = new Desk();
    await desk.poll(feed('a'));
    expect(await desk.poll(feed('b', 'b'))).toEqual(['b']);
    expect(await desk.poll(feed('a', 'b'))).toEqual([]);
  });

  it('asks with what the server called the feed, and takes "not modified" for nothing new', async () => {
    const desk = new Desk();
    await desk.poll(feed('a'), { headers: { etag: '"v1"', 'last-modified': 'Sat, 21 Nov 2026 10:00:00 GMT' } });
    const before = desk.state;
    expect(await desk.poll('', { status: 304, body: '' })).toEqual([]);
    expect(desk.state).toEqual(before);
    expect(desk.asked[1]?.headers).toMatchObject({ 'if-none-match': '"v1"', 'if-modified-since': 'Sat, 21 Nov 2026 10:00:00 GMT' });
    expect(desk.asked[0]?.headers).not.toHaveProperty('if-none-match');
    expect(await desk.poll(feed('b', 'a'))).toEqual(['b']);
  });

  it('a poll whose answer was not stored gives the same events with the same names again', async () => {
    const desk = new Desk();
    await desk.poll(feed('a'));
    const http = (): HttpResponse => ({ status: 200, headers: {}, body: feed('c', 'b', 'a'), bodyType: 'text' });
    const trial = { parameters: { url: URL_ }, http, state: desk.state };
    const [first, again] = [await runPoll(entryAdded, trial), await runPoll(entryAdded, trial)];
    expect(first.events.map(({ id }) => id)).toEqual(again.events.map(({ id }) => id));
    expect(first).toMatchObject({ events: [{}, {}], nextInMs: 300_000 });
  });

  it('keeps what the feed shows, and only so many that it shows no more', async () => {
    const desk = new Desk();
    const page = (from: number): string => feed(...Array.from({ length: 1_500 }, (_, index) => `e${from + index}`));
    for (const from of [0, 1_500, 3_000]) await desk.poll(page(from));
    expect((desk.state as { readonly seen: readonly string[] }).seen).toHaveLength(3_500);
    expect(await desk.poll(page(1_500))).toEqual([]);
  });

  it.each([
    [401, 'auth'],
    [404, 'permanent'],
    [429, 'rate'],
    [503, 'transient'],
  ])('status %i is told as %s, and the mark stays', async (status, kind) => {
    const outcome: unknown = await new Desk().poll('', { status }).catch((thrown: unknown) => thrown);
    expect(outcome).toBeInstanceOf(ConnectorError);
    expect(outcome).toMatchObject({ kind, code: `http_status_${status}` });
  });

  it('what is no feed, or a parameter that does not fit, is told and nothing is noted', async () => {
    expect(await new Desk().poll('<html>').catch((thrown: unknown) => thrown)).toBeInstanceOf(UserError);
    const outcome: unknown = await runPoll(entryAdded, { parameters: { url: URL_, everySeconds: 1 } }).catch((thrown: unknown) => thrown);
    expect(outcome).toMatchObject({ code: 'parameter_invalid' });
  });
});
