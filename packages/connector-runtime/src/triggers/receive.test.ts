import { hmac, type VerifySpec, type WebhookTrigger } from '@millwright/node-sdk';
import { describe, expect, it } from 'vitest';
import { isWantedEvent, receiveAppDelivery, receiveDelivery } from './receive.ts';
import { isGenuine, type Delivery } from './verify.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function delivery(body: string, headers: Readonly<Record<string, string>> = {}, url = 'https://hooks.example.com/x'): Delivery {
  return { method: 'POST', url, headers: { 'content-type': 'application/json', ...headers }, body: bytes(body) };
}

describe('the proof of a delivery', () => {
  it('GitHub’s published example', () => {
    const spec = hmac('sha256', { header: 'X-Hub-Signature-256', format: 'sha256={{signature}}', secret: 'kept.secret' });
    const given = delivery('Hello, World!', {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    });
    const at = { secrets: { kept: { secret: "It's a Secret to Everybody" } }, nowMs: 0 };
    expect(isGenuine(spec, given, at)).toBe(true);
    expect(isGenuine(spec, { ...given, body: bytes('Hello, World?') }, at)).toBe(false);
    expect(isGenuine(spec, given, { ...at, secrets: { kept: {} } })).toBe(false);
  });

  it('Slack’s published example, and not when it is old', () => {
    const spec = hmac('sha256', {
      header: 'x-slack-signature',
      format: 'v0={{signature}}',
      over: 'v0:{{timestamp}}:{{raw}}',
      secret: 'client.signingSecret',
      timestampHeader: 'x-slack-request-timestamp',
      maxAge: '5m',
    });
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const given = delivery(body, {
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      'x-slack-request-timestamp': '1531420618',
    });
    const secrets = { kept: {}, client: { signingSecret: '8f742231b10e8888abcd99yyyzzz85a5' } };
    expect(isGenuine(spec, given, { secrets, nowMs: 1_531_420_618_000 })).toBe(true);
    expect(isGenuine(spec, given, { secrets, nowMs: 1_531_420_618_000 + 301_000 })).toBe(false);
  });

  it('a list of parts in any order, with two signatures while a secret changes', () => {
    const spec = hmac('sha256', {
      header: 'stripe-signature',
      format: 't={{timestamp}},v1={{signature}}',
      over: '{{timestamp}}.{{raw}}',
      secret: 'kept.secret',
      maxAge: '5m',
    });
    // printf '1492774577.{}' | openssl dgst -sha256 -hmac whsec
    const signature = '9e4711d7c8a6df6f6635a71dd3df8fbb6138d4f2807a487e8fed2e4a67af1fa8';
    const given = (header: string): boolean =>
      isGenuine(spec, delivery('{}', { 'stripe-signature': header }), { secrets: { kept: { secret: 'whsec' } }, nowMs: 1_492_774_577_000 });
    expect(given(`t=1492774577,v1=${'0'.repeat(64)},v1=${signature},v0=x`)).toBe(true);
    expect(given(`v1=${signature},t=1492774577`)).toBe(true);
    expect(given(`t=1492774578,v1=${signature}`)).toBe(false);
    expect(given('t=1492774577')).toBe(false);
  });

  it('a token that comes back', () => {
    const spec: VerifySpec = { kind: 'token', from: 'body.token', secret: 'kept.secret' };
    expect(isGenuine(spec, delivery('{"token":"s"}'), { secrets: { kept: { secret: 's' } }, nowMs: 0 })).toBe(true);
    expect(isGenuine(spec, delivery('{"token":"t"}'), { secrets: { kept: { secret: 's' } }, nowMs: 0 })).toBe(false);
  });
});

describe('a delivery that was signed', () => {
  const verify = hmac('sha256', {
    header: 'x-s',
    over: '{{timestamp}}.{{raw}}',
    timestampHeader: 'x-t',
    secret: 'kept.secret',
    maxAge: '5m',
  });
  const signedAtMs = 1_531_420_618_000;
  // printf '1531420618.{}' | openssl dgst -sha256 -hmac s
  const signature = 'd9083b67faa21eac1f8065de6e56311eb94ae5ecb9d75c7be85a08c6786b5cc4';
  const judge = (ageMs: number, given = signature) =>
    receiveDelivery(delivery('{}', { 'x-s': given, 'x-t': '1531420618' }), {
      webhook: { verify, dedupe: 'id' },
      secrets: { kept: { secret: 's' } },
      input: {},
      nowMs: signedAtMs + ageMs,
    });

  it('too long ago is late, and one that is forged is forged however old it is', () => {
    expect(judge(0)).toMatchObject({ kind: 'events' });
    expect(judge(86_400_000)).toMatchObject({ kind: 'refused', status: 401, code: 'delivery_late' });
    expect(judge(0, '00')).toMatchObject({ kind: 'refused', status: 401, code: 'delivery_forged' });
    expect(judge(86_400_000, '00')).toMatchObject({ kind: 'refused', code: 'delivery_forged' });
  });
});

describe('a delivery', () => {
  const webhook: WebhookTrigger = {
    verify: { kind: 'token', from: 'query.k', secret: 'kept.secret' },
    split: 'body.events',
    dedupe: 'id+at',
    route: 'body.account',
    only: { type: '{{type}}' },
  };
  const judge = (body: string, url = 'https://hooks.example.com/x?k=s', more: Partial<WebhookTrigger> = {}) =>
    receiveDelivery(delivery(body, {}, url), {
      webhook: { ...webhook, ...more },
      secrets: { kept: { secret: 's' }, client: { key: 'c' } },
      input: { type: 'a' },
      nowMs: 0,
    });

  it('is split into the events that are wanted, each with an id of its own', () => {
    const events = [
      { id: 1, at: 5, type: 'a' },
      { id: 2, at: 5, type: 'b' },
    ];
    expect(judge(JSON.stringify({ account: 'acme', events }))).toEqual({
      kind: 'events',
      events: [{ id: '1+5', data: events[0] }],
      route: 'acme',
    });
  });

  it('an event without its id is told apart by all that it says', () => {
    const ids = (body: object) => {
      const received = judge(JSON.stringify({ events: [body] }));
      return received.kind === 'events' ? received.events.map(({ id }) => id) : [];
    };
    expect(ids({ type: 'a', n: 1 })).toEqual(ids({ type: 'a', n: 1 }));
    expect(ids({ type: 'a', n: 1 })).not.toEqual(ids({ type: 'a', n: 2 }));
  });

  it('that is not proved, or no JSON, is refused', () => {
    expect(judge('{}', 'https://hooks.example.com/x?k=wrong')).toMatchObject({ kind: 'refused', status: 401 });
    expect(judge('{"events":')).toMatchObject({ kind: 'refused', status: 400 });
  });

  it('a question whether we are here is answered: as it is, as an object, signed', () => {
    const challenge = { kind: 'echo', from: 'query.challenge', as: 'text' } as const;
    expect(judge('', 'https://hooks.example.com/x?challenge=hi', { challenge })).toMatchObject({ kind: 'challenge', body: 'hi' });
    expect(
      judge('{"challenge":"hi"}', undefined, { challenge: { kind: 'echo', from: 'body.challenge', as: 'json.challenge' } }),
    ).toMatchObject({ body: '{"challenge":"hi"}' });
    expect(
      judge('', 'https://hooks.example.com/x?crc=hi', {
        challenge: { kind: 'sign', from: 'query.crc', algorithm: 'sha256', as: 'json.response_token', secret: 'client.key' },
      }),
    ).toMatchObject({ kind: 'challenge' });
  });
});

describe('a delivery to the one address of an app', () => {
  const ofApp: WebhookTrigger = {
    scope: 'app',
    verify: { kind: 'token', from: 'query.k', secret: 'kept.secret' },
    split: 'body.events',
    dedupe: 'id',
    route: 'body.account',
    only: { type: '{{type}}' },
    challenge: { kind: 'echo', from: 'body.challenge', as: 'text' },
  };
  const judge = (body: unknown, webhooks: Readonly<Record<string, WebhookTrigger>>, key = 's') =>
    receiveAppDelivery(delivery(JSON.stringify(body), {}, `https://hooks.example.com/x?k=${key}`), {
      webhooks,
      secrets: { kept: { secret: 's' } },
      nowMs: 0,
    });

  it('gives each event as each trigger has it, with the account that the delivery or the event names', () => {
    const events = [{ id: 1, account: 'b' }, { id: 2 }];
    expect(judge({ account: 'acme', events }, { one: ofApp, other: { ...ofApp, dedupe: 'id+account' } })).toMatchObject({
      kind: 'events',
      events: [
        { triggerKey: 'one', id: '1', route: 'acme' },
        { triggerKey: 'one', id: '2', route: 'acme' },
        { triggerKey: 'other', id: '1+b', route: 'acme' },
        { triggerKey: 'other', route: 'acme' },
      ],
    });
    expect(judge({ events }, { one: { ...ofApp, route: 'account' } })).toMatchObject({ events: [{ route: 'b' }, { route: null }] });
  });

  it('is refused as any other, and its question is answered', () => {
    expect(judge({ events: [] }, { one: ofApp }, 'wrong')).toMatchObject({ kind: 'refused', code: 'delivery_forged' });
    expect(judge({ challenge: 'hi' }, { one: ofApp }, 'wrong')).toMatchObject({ kind: 'challenge', body: 'hi' });
  });

  it('is for those triggers whose parameters it fits', () => {
    const event = { id: 1, type: 'a' };
    expect([{ type: 'a' }, {}, { type: 'b' }].map((input) => isWantedEvent(ofApp, event, input))).toEqual([true, true, false]);
  });
});
