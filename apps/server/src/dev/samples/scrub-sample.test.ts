import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REMOVED, scrubSample } from './scrub-sample.ts';

const CANARY = 'canary-4711-of-the-shop';
const mask = (text: string): string => text.replaceAll(CANARY, '[secret]');
const scrub = (value: Parameters<typeof scrubSample>[0]) => scrubSample(value, mask).sample;

describe('a recorded sample', () => {
  it('keeps what is about nobody as it was', () => {
    const value = {
      id: 'b1',
      title: 'Emma',
      count: 3,
      isOpen: true,
      none: null,
      at: '2026-01-31T00:00:00Z',
      tags: ['a', 'b'],
      name: 'Shelf 3',
    };
    expect(scrubSample(value, mask)).toEqual({ sample: value, replaced: 0 });
  });

  it.each([
    'password',
    'Passwd',
    'client_secret',
    'clientSecret',
    'api_key',
    'apiKey',
    'x-api-key',
    'access_token',
    'refreshToken',
    'Authorization',
    'Set-Cookie',
    'session_id',
    'privateKey',
    'webhookSecret',
    'signature',
    'otp',
    'cvc',
    'credentials',
  ])('holds no secret of the name %s, whatever it is', (name) => {
    const found = scrub({ [name]: 'short', in: [{ [name]: { any: 'x', more: ['y', 4711] } }] });
    expect(found).toEqual({ [name]: REMOVED, in: [{ [name]: { any: REMOVED, more: [REMOVED] } }] });
  });

  it.each([
    'Bearer abcdefghijkl',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
    'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
    'AKIAIOSFODNN7EXAMPLE',
    'https://jane:hunter22@example.com/x',
    'https://x.io/?api_key=hunter22&a=1',
    'Zk9mQ2xvd2VyU2VjcmV0VmFsdWUxMjM0NTY3ODkw',
    '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
  ])('holds nothing that looks like a secret: %s', (secret) => {
    const text = JSON.stringify(scrub({ note: `see ${secret}`, only: secret }));
    expect(text).toContain(REMOVED);
    for (const part of ['abcdefghijkl', 'c2ln', '4eC39', '16C7e', 'IOSFODNN', 'hunter22', 'VyU2Vj', 'MIIE'])
      expect(JSON.parse(text).only).not.toContain(part);
  });

  it('holds no secret that is known here, wherever it stands, names of fields included', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, around) => {
        const planted = JSON.parse(JSON.stringify({ value, [`${around}${CANARY}`]: [`${around}${CANARY}${around}`] }));
        expect(JSON.stringify(scrub(planted))).not.toContain(CANARY);
      }),
    );
  });

  it('holds nobody’s person', () => {
    const person = {
      email: 'jane.doe@corp.example',
      firstName: 'Jane',
      last_name: 'Doe',
      phone: '+49 30 1234567',
      ip: '203.0.113.7',
      address: { line1: 'Way 4', postal_code: '10115' },
      lat: 52.5,
    };
    const text = JSON.stringify(scrub({ person, note: 'Call jane.doe@corp.example at +49 30 1234567' }));
    for (const private_ of ['jane', 'Jane', 'Doe', '1234567', '203.0', 'Way 4', '10115', '52.5']) expect(text).not.toContain(private_);
  });

  it('is small, and each value keeps its type', () => {
    const found = scrub({ list: [1, 2, 3, 4, 5], text: 'x '.repeat(500), pin: 1234, lat: 5.5 });
    expect(found).toMatchObject({ list: [1, 2, 3], pin: 0, lat: 0 });
    expect(JSON.stringify(found).length).toBeLessThan(300);
  });
});
