import { ConnectorError, type JsonValue } from '@millwright/core';
import { bearer } from '@millwright/node-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LentCredential } from './lender.ts';
import { maskOf } from './mask.ts';

const lentWith = (token: string): LentCredential => ({
  credentialId: 'cred_1',
  type: 'trial.token',
  auth: bearer(),
  fields: { token },
  hosts: [],
  generation: 0,
});

/** A secret in what surrounds it, as services write it. */
const WAYS: readonly (readonly [string, (secret: string, around: string) => string])[] = [
  ['as it is', (secret, around) => around + secret],
  ['in an address', (secret, around) => `https://x.example/${around}?k=${encodeURIComponent(secret)}`],
  ['in a form', (secret, around) => new URLSearchParams({ around, k: secret }).toString()],
  ['in JSON text', (secret, around) => JSON.stringify({ around, secret })],
  ['in hex', (secret) => Buffer.from(secret).toString('hex')],
];
const ENCODED: readonly (readonly [string, (secret: string, around: string) => string])[] = [
  ['in base64', (secret, around) => Buffer.from(around + secret).toString('base64')],
  ['in a Basic header', (secret, around) => `Basic ${Buffer.from(`${around}:${secret}`).toString('base64')}`],
  ['in a token', (secret, around) => `${Buffer.from(JSON.stringify({ kid: around, secret })).toString('base64url')}.e30.x`],
];

describe('A121: a secret that a service sends back', () => {
  const secretText = fc.string({ minLength: 8, maxLength: 60, unit: fc.constantFrom(...Array.from('abcXYZ019-_/+=&%?. äß"\\')) });

  it.each(WAYS)('is masked: %s', (_name, write) => {
    fc.assert(
      fc.property(secretText, fc.string({ maxLength: 5 }), (secret, around) => {
        const shown = maskOf(lentWith(secret)).data(write(secret, around));
        expect(shown).toContain('[secret]');
        expect(shown).not.toContain(secret);
      }),
    );
  });

  it.each(ENCODED)('is masked but for what its neighbours share with it: %s', (_name, write) => {
    // What JSON escapes is another text inside the base64.
    const plain = fc.string({ minLength: 8, maxLength: 60, unit: fc.constantFrom(...Array.from('abcXYZ019-_/+=&%?.')) });
    fc.assert(
      fc.property(plain, fc.string({ maxLength: 5, unit: fc.constantFrom('a', 'b', 'c', ':') }), (secret, around) => {
        const shown = maskOf(lentWith(secret)).data(write(secret, around));
        expect(shown).toContain('[secret]');
        const rest = Buffer.from(shown.replaceAll(/^Basic |\[secret\]/g, ''), 'base64').toString();
        expect(rest).not.toContain(secret.slice(1, -1));
      }),
    );
  });

  it('is masked at any depth, in names too; nothing else is touched', () => {
    const mask = maskOf(lentWith('canary-secret'));
    const given: JsonValue = { a: [{ b: 'x canary-secret y', n: 1, 'canary-secret': null }], c: true };
    expect(mask.data(given)).toEqual({ a: [{ b: 'x [secret] y', n: 1, '[secret]': null }], c: true });
    const other: JsonValue = { a: [{ b: 'nothing' }], d: null };
    expect(mask.data(other)).toBe(other);
    const bytes = new Uint8Array([1]);
    expect(mask.data({ bytes }).bytes).toBe(bytes);
  });

  it('is masked in headers and files, which keep their length', () => {
    const mask = maskOf(lentWith('canary-secret'));
    const file = Buffer.concat([Buffer.from([0xff, 0]), Buffer.from('canary-secret!')]);
    const seen = mask.response({ status: 200, headers: { 'x-echo': 'canary-secret' }, body: file.toString('base64'), bodyType: 'base64' });
    expect(seen).toMatchObject({ status: 200, headers: { 'x-echo': '[secret]' }, bodyType: 'base64' });
    const bytes = Buffer.from(JSON.stringify(seen.body), 'base64');
    expect(bytes.length).toBe(file.length);
    expect(bytes.toString('latin1')).toBe('\u00ff\u0000*************!');
  });

  it('is masked in errors however short it is; in data a word of under eight characters stays', () => {
    const mask = maskOf(lentWith('word'));
    expect(mask.data('a word')).toBe('a word');
    expect(mask.text('a word')).toBe('a [secret]');
    const failure = mask.failure(
      new ConnectorError('permanent', { code: 'x', message: 'no word', hint: 'word', details: { sent: true, text: 'word' } }),
    );
    expect(failure).toMatchObject({ kind: 'permanent', code: 'x', message: 'no [secret]', details: { sent: true } });
    expect(JSON.stringify(failure)).not.toContain('word');
  });

  it('leaves a failure that repeats nothing as it is', () => {
    const failure = new ConnectorError('rate', { code: 'x', message: 'slow down' });
    expect(maskOf(lentWith('canary-secret')).failure(failure)).toBe(failure);
  });
});
