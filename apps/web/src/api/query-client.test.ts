import { ApiError } from '@millwright/client';
import { describe, expect, it } from 'vitest';
import { canRetry, createQueryClient, isSignedOut } from './query-client.ts';

function apiError(status: number, code: string): ApiError {
  return new ApiError({ type: `/problems/${code}`, title: code, status, detail: code, code });
}

describe('the query client', () => {
  it('takes a wrong password for no lost session', () => {
    expect(isSignedOut(apiError(401, 'wrong_credentials'))).toBe(false);
    expect(isSignedOut(apiError(401, 'not_signed_in'))).toBe(true);
  });
  it('asks again only where that can help', () => {
    expect([0, 500, 503].every((status) => canRetry(apiError(status, 'x')))).toBe(true);
    expect([400, 401, 403, 404, 409, 429].some((status) => canRetry(apiError(status, 'x')))).toBe(false);
    expect(canRetry(new TypeError('a bug'))).toBe(false);
  });
  it('tells when any read finds the session gone, unless the read is the question itself', async () => {
    let told = 0;
    const client = createQueryClient(() => (told += 1));
    const queryFn = () => Promise.reject(apiError(401, 'not_signed_in'));
    await client.fetchQuery({ queryKey: ['quiet'], queryFn, meta: { quiet: true } }).catch(() => undefined);
    expect(told).toBe(0);
    await client.fetchQuery({ queryKey: ['loud'], queryFn }).catch(() => undefined);
    expect(told).toBe(1);
  });
});
