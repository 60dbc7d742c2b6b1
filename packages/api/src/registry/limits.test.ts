import type { Clock } from '@millwright/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameOrigin, requireOwnPage } from './csrf.ts';
import { addressKey, RateLimiter } from './rate-limit.ts';

function limiterAt(limit: { burst: number; perSecond: number }): { limiter: RateLimiter; pass: (ms: number) => void } {
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
  return { limiter: new RateLimiter(clock, { signIn: limit }), pass: (ms) => (nowMs += ms) };
}

describe('a rate limit', () => {
  it('lets a burst through, then says when the next one may come', () => {
    const { limiter, pass } = limiterAt({ burst: 2, perSecond: 0.5 });
    limiter.take('signIn', 'a');
    limiter.take('signIn', 'a');
    expect(() => limiter.take('signIn', 'a')).toThrow(expect.objectContaining({ kind: 'tooMany', retry: { afterMs: 2000 } }));
    expect(() => limiter.take('signIn', 'b')).not.toThrow();
    pass(2000);
    expect(() => limiter.take('signIn', 'a')).not.toThrow();
  });

  it('never gives more than burst plus rate times time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 100 }), (waits) => {
        const { limiter, pass } = limiterAt({ burst: 3, perSecond: 2 });
        let taken = 0;
        for (const wait of waits) {
          pass(wait);
          try {
            limiter.take('signIn', 'a');
            taken += 1;
          } catch {
            // Refused: counts for nothing.
          }
        }
        const seconds = waits.reduce((sum, wait) => sum + wait, 0) / 1000;
        expect(taken).toBeLessThanOrEqual(3 + 2 * seconds + 1e-9);
      }),
    );
  });

  it.each([
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['10.1.2.3', '10.1.2.3'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:1:2::9', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('counts %s as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

describe('the CSRF rule', () => {
  const host = 'mill.example:4400';
  const url = 'https://public.example';

  it.each([
    [{ host }, true],
    [{ host, origin: `http://${host}` }, true],
    [{ host, origin: url }, true],
    [{ host, origin: 'https://evil.example' }, false],
    [{ host, origin: 'null' }, false],
    [{ host, origin: `http://${host}`, 'sec-fetch-site': 'cross-site' }, false],
    [{ host, origin: `http://${host}`, 'sec-fetch-site': 'same-site' }, false],
    [{ host, 'sec-fetch-site': 'same-origin' }, true],
  ])('takes %j as own page: %s', (headers, expected) => {
    expect(isSameOrigin(headers, url)).toBe(expected);
  });

  it('needs the header that another site cannot set', () => {
    expect(() => requireOwnPage({ host }, url)).toThrow(expect.objectContaining({ code: 'csrf_refused' }));
    expect(() => requireOwnPage({ host, 'x-millwright-csrf': '1' }, url)).not.toThrow();
  });
});
