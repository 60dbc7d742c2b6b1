import { describe, expect, it } from 'vitest';
import { asSent, timedOut, toEgressError } from './errors.ts';

const hintOf = (error: Error): unknown => ('hint' in error ? error.hint : undefined);
const failed = (code: string): Error => toEgressError(Object.assign(new Error('gone'), { code }), 'shop.test');

describe('a request whose answer is not known', () => {
  it('may have been done: nobody is told to send it again without a look', () => {
    for (const error of [failed('ECONNRESET'), timedOut('shop.test', 100)]) {
      expect(hintOf(error)).toMatch(/may have been done/);
      expect(hintOf(error)).not.toMatch(/try again/i);
    }
    expect(hintOf(failed('ECONNREFUSED'))).toMatch(/try again/);
  });

  it('says that its time was over where that is why', () => {
    expect(timedOut('shop.test', 100)).toMatchObject({ code: 'egress_timeout', details: { sent: true, reason: 'timeout' } });
    expect(asSent(timedOut('shop.test', 100))).toMatchObject({ details: { reason: 'timeout' } });
  });
});
