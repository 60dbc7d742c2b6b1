import { ConnectorError, UserError, type ActionDefinition, type JsonObject } from '@millwright/node-sdk';
import { socketBench, type SocketBench } from '@millwright/testing/sockets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import nodePackage from './index.ts';
import { credentialType } from './server.ts';
import { hasRadicale, startRadicale, type Radicale } from './testing/radicale.ts';

const PASSWORD = 'canary-secret';
let radicale: Radicale;
let bench: SocketBench;
let calendar = '';

function benchWith(password: string): SocketBench {
  const fields = { url: radicale.url, username: 'ada', password };
  return socketBench({ type: credentialType, fields, allow: [new URL(radicale.url).host] });
}

function run(type: string, parameters: JsonObject, { on = bench, key = 'k1' } = {}): Promise<readonly JsonObject[]> {
  const found = nodePackage.nodes.find(({ info }) => info.type === `caldav.${type}`) as ActionDefinition;
  return on.run(found, parameters, found.info.effect === 'write' ? key : null) as Promise<readonly JsonObject[]>;
}

async function failureOf(type: string, parameters: JsonObject, on = bench): Promise<ConnectorError | UserError> {
  const outcome: unknown = await run(type, parameters, { on, key: 'bad' }).catch((thrown: unknown) => thrown);
  if (outcome instanceof ConnectorError || outcome instanceof UserError) return outcome;
  throw new Error(`expected a failure of ours, got ${JSON.stringify(outcome)} ${String(outcome)}`);
}

const find = (from: string, to: string, more: JsonObject = {}): Promise<readonly JsonObject[]> =>
  run('eventSearch', { calendar, from, to, ...more });
const LUNCH = { title: 'Lunch; with, "Ada"', start: '2026-11-23T12:00:00+01:00', end: '2026-11-23T13:00:00+01:00' };

describe.skipIf(!hasRadicale)('CalDAV against a real Radicale (skipped where Python does not find it)', () => {
  beforeAll(async () => {
    radicale = await startRadicale(PASSWORD);
    bench = benchWith(PASSWORD);
    calendar = `${radicale.url}ada/team/`;
  });
  afterAll(() => radicale?.stop());

  it('finds the calendars of an account from its address alone', async () => {
    expect(await run('calendarList', { url: radicale.url })).toMatchObject([{ url: calendar, holdsEvents: true }]);
  });

  it('creates an event once, however often it is sent, with its reminder', async () => {
    const parameters = { calendar, ...LUNCH, location: 'Café', description: 'a\nb', remindMinutes: [15] };
    const [first] = await run('eventCreate', parameters);
    const [second] = await run('eventCreate', parameters);
    expect([first?.['uid'], second?.['url']]).toEqual(['k1', first?.['url']]);
    expect(await find('2026-11-23', '2026-11-24')).toMatchObject([
      {
        uid: 'k1',
        title: LUNCH.title,
        start: '2026-11-23T11:00:00.000Z',
        end: '2026-11-23T12:00:00.000Z',
        location: 'Café',
        description: 'a\nb',
        remindMinutes: [15],
        recurs: false,
        isBusy: true,
      },
    ]);
  });

  it('expands what repeats, to each time of the span', async () => {
    await run(
      'eventCreate',
      { calendar, title: 'Weekly', start: '2026-12-01T09:00:00Z', end: '2026-12-01T09:30:00Z', rule: 'FREQ=WEEKLY;COUNT=5' },
      { key: 'k2' },
    );
    const found = await find('2026-12-07', '2026-12-16');
    expect(found.map(({ start }) => start)).toEqual(['2026-12-08T09:00:00.000Z', '2026-12-15T09:00:00.000Z']);
    expect(found[0]).toMatchObject({ recurs: true, recurrenceId: '2026-12-08T09:00:00.000Z' });
  });

  it('knows whole days, and searches text', async () => {
    await run('eventCreate', { calendar, title: 'Holiday', start: '2026-12-24', end: '2026-12-27' }, { key: 'k3' });
    expect(await find('2026-12-20', '2026-12-31', { text: 'holi' })).toMatchObject([
      { start: '2026-12-24', end: '2026-12-27', isAllDay: true },
    ]);
  });

  it('puts busy times together', async () => {
    await run('eventCreate', { calendar, title: 'Coffee', start: '2026-11-23T11:30:00Z', end: '2026-11-23T12:30:00Z' }, { key: 'k4' });
    expect(await run('freeBusy', { calendar, from: '2026-11-23', to: '2026-11-24' })).toEqual([
      { start: '2026-11-23T11:00:00.000Z', end: '2026-11-23T12:30:00.000Z' },
    ]);
  });

  it('changes only what it is told, and not what somebody else has changed since', async () => {
    const [event] = await find('2026-11-23', '2026-11-24', { text: 'lunch' });
    const { url = '', etag = '' } = event ?? {};
    await run('eventUpdate', { url, etag, title: 'Brunch' });
    expect((await find('2026-11-23', '2026-11-24', { text: 'brunch' }))[0]).toMatchObject({
      uid: 'k1',
      location: 'Café',
      remindMinutes: [15],
    });
    expect(await failureOf('eventUpdate', { url, etag, title: 'Dinner' })).toMatchObject({
      code: 'caldav_changed',
      details: { sent: false },
    });
    expect(await failureOf('eventDelete', { url, etag })).toMatchObject({ code: 'caldav_changed', details: { status: 412 } });
  });

  it('deletes, and says when it was gone already', async () => {
    const [event] = await find('2026-11-23', '2026-11-24', { text: 'coffee' });
    const parameters = { url: event?.['url'] ?? '' };
    expect(await run('eventDelete', parameters)).toMatchObject([{ wasThere: true }]);
    expect(await run('eventDelete', parameters)).toMatchObject([{ wasThere: false }]);
  });

  it.each([
    ['eventCreate', { ...LUNCH, end: '2026-11-23T10:00:00Z' }, 'parameter_invalid'],
    ['eventCreate', { ...LUNCH, start: 'tomorrow' }, 'parameter_invalid'],
    ['eventCreate', { ...LUNCH, start: '2026-11-23T12:00:00' }, 'parameter_invalid'],
    ['eventCreate', { ...LUNCH, rule: 'EVERY DAY' }, 'parameter_invalid'],
    ['eventSearch', { from: '2026-11-23', to: '2026-11-01' }, 'parameter_invalid'],
  ] as const)('%s of %o is refused before anything is sent', async (type, parameters, code) => {
    expect(await failureOf(type, { calendar, ...parameters })).toMatchObject({ code, details: { sent: false } });
  });

  it('with a wrong password: the credential is to be reconnected; to another host it never goes (A111)', async () => {
    expect(await failureOf('calendarList', { url: radicale.url }, benchWith('canary-wrong'))).toMatchObject({
      code: 'credential_reconnect',
    });
    expect(await failureOf('calendarList', { url: 'https://evil.example/' })).toMatchObject({
      code: 'host_not_listed',
      details: { sent: false },
    });
  });
});
