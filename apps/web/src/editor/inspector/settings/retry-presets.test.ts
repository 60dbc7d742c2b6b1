import { retrySchema } from '@millwright/workflow';
import { describe, expect, it } from 'vitest';
import { choiceOf, RETRY_PRESETS, waitsOf } from './retry-presets.ts';

describe('the choice of a retry policy', () => {
  it('is the preset whose values hold, own values otherwise, none without a second try', () => {
    expect(choiceOf(null)).toBe('none');
    expect(choiceOf({ ...RETRY_PRESETS.few, maxAttempts: 1 })).toBe('none');
    expect(choiceOf(RETRY_PRESETS.few)).toBe('few');
    expect(choiceOf(RETRY_PRESETS.many)).toBe('many');
    expect(choiceOf({ ...RETRY_PRESETS.many, jitter: 0 })).toBe('own');
  });
  it('shows waits that grow to the longest one, one less than there are tries', () => {
    const policy = retrySchema.parse({ maxAttempts: 5, initialMs: 1000, backoff: 10, maxMs: 30_000 });
    expect(waitsOf(policy, 10)).toEqual([1000, 10_000, 30_000, 30_000]);
    expect(waitsOf(policy, 2)).toEqual([1000, 10_000]);
  });
});
