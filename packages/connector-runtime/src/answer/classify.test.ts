import type { JsonValue } from '@millwright/core';
import type { ErrorSpec } from '@millwright/node-sdk';
import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';

const spec: ErrorSpec = {
  message: 'body.error.message',
  code: 'body.error.code',
  field: 'body.error.param',
  failedWhen: { path: 'body.ok', equals: false },
  auth: [401, 'invalid_auth'],
  rate: [429, { status: 403, text: 'rate limit' }, 'ratelimited'],
  transient: [{ status: 409, code: 'lock_timeout' }],
  never: ['bad_input'],
  partial: { at: 'body.results', failed: 'error' },
};

function judged(status: number, body: JsonValue) {
  return classify({ status, header: {}, body }, spec, 'POST /things');
}

describe('what an answer means', () => {
  it.each<[string, number, JsonValue, string | null]>([
    ['success', 200, { ok: true }, null],
    ['success that says that it failed', 200, { ok: false, error: { code: 'x' } }, 'permanent'],
    ['a code that means sign in', 200, { ok: false, error: { code: 'invalid_auth' } }, 'auth'],
    ['a code that means slow down', 200, { ok: false, error: { code: 'ratelimited' } }, 'rate'],
    ['401', 401, null, 'auth'],
    ['403', 403, null, 'permanent'],
    ['403 with a text that means slow down', 403, { error: { message: 'Secondary RATE LIMIT hit' } }, 'rate'],
    ['404', 404, null, 'permanent'],
    ['a conflict', 409, { error: { code: 'other' } }, 'permanent'],
    ['a conflict that passes', 409, { error: { code: 'lock_timeout' } }, 'transient'],
    ['408', 408, null, 'transient'],
    ['500', 500, null, 'transient'],
    ['500 for which trying again never helps', 500, { error: { code: 'bad_input' } }, 'permanent'],
    ['some of several', 200, { results: [{ id: 1 }, { error: 'no' }] }, 'partial'],
    ['all of several', 207, { results: [{ id: 1, error: null }] }, null],
  ])('%s', (_name, status, body, kind) => {
    expect(judged(status, body)?.kind ?? null).toBe(kind);
  });

  it('a failure says what the vendor says, and where, and that its answer came', () => {
    expect(judged(422, { error: { code: 'bad', message: 'Amount too small', param: 'amount' } })).toMatchObject({
      code: 'http_status_422',
      message: 'POST /things answered with status 422 (bad): Amount too small',
      retry: 'never',
      details: { status: 422, sent: true, vendorCode: 'bad', vendorField: 'amount' },
    });
  });

  it('a message without end is cut, one that is no text is left out', () => {
    expect(judged(400, { error: { message: 'x'.repeat(10_000) } })?.message.length).toBeLessThan(600);
    expect(judged(400, { error: { message: { deep: 1 } } })?.message).toBe('POST /things answered with status 400');
  });

  it('which of several failed is told by place, not by content', () => {
    expect(judged(200, { results: [{ error: 'secret' }, { id: 1 }, { error: 'secret' }] })).toMatchObject({
      code: 'partly_done',
      message: 'POST /things: 2 of 3 failed',
      details: { failed: [0, 2], sent: true },
    });
  });
});
