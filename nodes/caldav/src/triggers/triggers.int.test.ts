import type { ActionDefinition, JsonObject, TriggerDefinition } from '@millwright/node-sdk';
import { socketBench, type BenchPoll, type SocketBench } from '@millwright/testing/sockets';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import nodePackage from '../index.ts';
import { credentialType } from '../server.ts';
import { hasRadicale, startRadicale, type Radicale } from '../testing/radicale.ts';
import { eventChanged } from './event-changed.ts';
import { eventSoon } from './event-soon.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
let radicale: Radicale;
let bench: SocketBench;
let calendar: string;
let made = 0;

/** A published trigger: its mark is what was stored. */
class Desk {
  state: JsonObject | null = null;
  nowMs = NOON;
  readonly #trigger: TriggerDefinition;
  readonly #parameters: JsonObject;
  readonly #takesAll: boolean;

  constructor(trigger: TriggerDefinition, { takesAll = false, ...parameters }: JsonObject & { readonly takesAll?: boolean } = {}) {
    this.#trigger = trigger;
    this.#parameters = { calendar, ...parameters };
    this.#takesAll = takesAll;
  }

  get trial(): BenchPoll {
    return { parameters: this.#parameters, state: this.state, takesAll: this.#takesAll, nowMs: this.nowMs };
  }

  /** @returns `title` or `title change` of what is new */
  async poll(): Promise<readonly string[]> {
    const { events, state } = await bench.poll(this.#trigger, this.trial);
    this.state = state;
    return events.map(({ data }) => {
      const { title, change } = data as Readonly<Record<string, string>>;
      return change === undefined ? (title ?? '') : `${title ?? ''} ${change}`;
    });
  }
}

function run(type: string, parameters: JsonObject, key = 'k'): Promise<readonly JsonObject[]> {
  const found = nodePackage.nodes.find(({ info }) => info.type === `caldav.${type}`) as ActionDefinition;
  return bench.run(found, parameters, found.info.effect === 'write' ? key : null) as Promise<readonly JsonObject[]>;
}

/** Puts an event of half an hour there. @returns its address */
async function put(title: string, startMs: number, more: JsonObject = {}): Promise<string> {
  const [start, end] = [startMs, startMs + 30 * MINUTE].map((ms) => new Date(ms).toISOString());
  const [event] = await run('eventCreate', { calendar, title, start: start ?? '', end: end ?? '', ...more }, `${title}-${made++}`);
  const { url = '' } = (event ?? {}) as { readonly url?: string };
  return url;
}

describe.skipIf(!hasRadicale)('triggers against a real Radicale (skipped where Python does not find it)', () => {
  beforeAll(async () => {
    radicale = await startRadicale('canary-secret');
    const fields = { url: radicale.url, username: 'ada', password: 'canary-secret' };
    bench = socketBench({ type: credentialType, fields, allow: [new URL(radicale.url).host] });
  });
  afterAll(() => radicale?.stop());
  beforeEach(async () => {
    calendar = `${radicale.url}ada/c${made++}/`;
    const authorization = `Basic ${Buffer.from('ada:canary-secret').toString('base64')}`;
    await fetch(calendar, { method: 'MKCALENDAR', headers: { authorization } });
  });

  it('the first poll sets the mark; then what is entered and what is changed comes once, under a name that stays', async () => {
    await put('before', NOON);
    const desk = new Desk(eventChanged);
    expect(await desk.poll()).toEqual([]);
    const url = await put('one', NOON);
    const [lost, again] = [await bench.poll(eventChanged, desk.trial), await bench.poll(eventChanged, desk.trial)];
    expect(lost.events.map(({ id }) => id)).toEqual(again.events.map(({ id }) => id));
    expect(await desk.poll()).toEqual(['one added']);
    expect(await desk.poll()).toEqual([]);
    await run('eventUpdate', { url, title: 'two' });
    expect(await desk.poll()).toEqual(['two changed']);
    await run('eventDelete', { url });
    expect(await desk.poll()).toEqual([]);
    await put('back', NOON);
    expect(await desk.poll()).toEqual(['back added']);
  });

  it('begins with all that is there, in parts that follow at once, each event once', async () => {
    const titles = Array.from({ length: 60 }, (_, index) => `e${index}`);
    for (const title of titles) await put(title, NOON);
    const desk = new Desk(eventChanged, { takesAll: true });
    expect(await bench.poll(eventChanged, desk.trial)).toMatchObject({ hasMore: true, nextInMs: 0 });
    const came = [...(await desk.poll()), ...(await desk.poll())];
    expect(came.toSorted()).toEqual(titles.map((title) => `${title} added`).toSorted());
    expect(await desk.poll()).toEqual([]);
  });

  it('a recurring event comes once as it was entered', async () => {
    const desk = new Desk(eventChanged);
    await desk.poll();
    await put('weekly', NOON, { rule: 'FREQ=WEEKLY;COUNT=5' });
    const { events } = await bench.poll(eventChanged, desk.trial);
    expect(events.map(({ data }) => data)).toMatchObject([
      { title: 'weekly', recurs: true, recurrenceId: '', start: '2026-11-23T12:00:00.000Z' },
    ]);
  });

  it('an event that starts soon is told once, and each time where it repeats', async () => {
    await put('long over', NOON - 120 * MINUTE);
    await put('at ten', NOON + 10 * MINUTE);
    await put('at twenty', NOON + 20 * MINUTE);
    await put('daily', NOON + 25 * MINUTE, { rule: 'FREQ=DAILY;COUNT=3' });
    const desk = new Desk(eventSoon);
    expect(await desk.poll()).toEqual(['at ten']);
    desk.nowMs += 5 * MINUTE;
    expect(await desk.poll()).toEqual(['at twenty']);
    desk.nowMs += 5 * MINUTE;
    expect(await desk.poll()).toEqual(['daily']);
    expect(await desk.poll()).toEqual([]);
    desk.nowMs += 1_440 * MINUTE;
    expect(await desk.poll()).toEqual(['daily']);
  });

  it('what started while nobody asked comes late, once; a start that is moved is told again', async () => {
    const desk = new Desk(eventSoon, { minutesBefore: 0 });
    expect(await desk.poll()).toEqual([]);
    const url = await put('missed', NOON + 90 * MINUTE);
    desk.nowMs += 180 * MINUTE;
    expect(await desk.poll()).toEqual(['missed']);
    desk.nowMs += MINUTE;
    expect(await desk.poll()).toEqual([]);
    const start = desk.nowMs + 2 * MINUTE;
    await run('eventUpdate', { url, start: new Date(start).toISOString(), end: new Date(start + MINUTE).toISOString() });
    desk.nowMs = start;
    expect(await desk.poll()).toEqual(['missed']);
    expect(await desk.poll()).toEqual([]);
  });

  it('a calendar that is not there is told, and moves no mark', async () => {
    const desk = new Desk(eventChanged, { calendar: `${radicale.url}ada/nowhere/` });
    const outcome: unknown = await desk.poll().catch((thrown: unknown) => thrown);
    expect([outcome, desk.state]).toMatchObject([{ code: 'http_status_404' }, null]);
  });
});
