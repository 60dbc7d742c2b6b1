import { ApiError } from '@millwright/client';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import de from '../i18n/locales/de.ts';
import en from '../i18n/locales/en.ts';
import { errorWords, faultyFields, isChunkError } from './error-words.ts';

function apiError(status: number, code: string, more: object = {}): ApiError {
  return new ApiError({ type: `/problems/${code}`, title: code, status, detail: 'detail for developers', code, ...more });
}

beforeAll(async () => {
  await i18next.init({ lng: 'en', ns: ['core'], defaultNS: 'core', resources: { en: { core: en }, de: { core: de } } });
});

const wordsOf = (error: unknown, language = 'en') => errorWords(error, i18next.getFixedT(language, 'core'));

describe('errorWords', () => {
  it('says what is safe when the server cannot be reached', () => {
    expect(wordsOf(apiError(0, 'unreachable')).what).toContain('Nothing that you saved is lost');
  });
  it('says who can help where a permission is missing', () => {
    expect(wordsOf(apiError(403, 'permission_missing')).next).toContain('owner or admin');
  });
  it('knows which dependency is away', () => {
    expect(wordsOf(apiError(503, 'temporal_unavailable')).what).toContain('run later');
    expect(wordsOf(apiError(503, 'database_unavailable')).what).toContain('database');
  });
  it('gives a code for support only for faults of the server', () => {
    expect(wordsOf(apiError(500, 'internal', { requestId: 'req_1' })).code).toBe('req_1');
    expect(wordsOf(apiError(404, 'not_found', { requestId: 'req_1' })).code).toBeUndefined();
  });
  it('never shows the text that was written for developers', () => {
    for (const status of [0, 400, 401, 403, 404, 409, 412, 422, 429, 500, 502, 503, 504]) {
      const { what, next } = wordsOf(apiError(status, 'some_code'));
      expect(`${what} ${next}`).not.toMatch(/detail for developers|errors\./);
    }
  });
  it('speaks German', () => {
    expect(wordsOf(apiError(404, 'not_found'), 'de').what).toBe(de.errors.notFound);
  });
  it('offers the new version when a part of the app is gone after an upgrade', () => {
    const gone = new TypeError('Failed to fetch dynamically imported module: http://x/assets/a.js');
    expect(isChunkError(gone)).toBe(true);
    expect(wordsOf(gone).next).toContain('Reload');
  });
});

describe('faultyFields', () => {
  it('names the fields of the body without the prefix', () => {
    const error = apiError(400, 'invalid', { errors: [{ path: 'body.email', code: 'invalid_format', text: 'x' }] });
    expect(faultyFields(error)).toEqual(new Set(['email']));
    expect(faultyFields(new Error('x'))).toEqual(new Set());
  });
});
