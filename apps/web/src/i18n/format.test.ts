import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const en = createFormat('en', 'UTC');
const de = createFormat('de', 'Europe/Berlin');
const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);

describe('relative', () => {
  it('says "now" within five seconds, then the largest unit that fits', () => {
    expect(en.relative(NOW - 4000, NOW)).toBe('now');
    expect(en.relative(NOW - 42_000, NOW)).toBe('42 seconds ago');
    expect(en.relative(NOW - 3 * 60_000, NOW)).toBe('3 minutes ago');
    expect(en.relative(NOW + 2 * 86_400_000, NOW)).toBe('in 2 days');
    expect(de.relative(NOW - 86_400_000, NOW)).toBe('gestern');
  });
  it('reads ISO times', () => {
    expect(en.relative('2026-11-21T11:00:00.000Z', NOW)).toBe('1 hour ago');
  });
});

describe('duration', () => {
  it('keeps milliseconds, tenths of seconds, then at most two units', () => {
    expect(en.duration(0)).toBe('0 ms');
    expect(en.duration(84)).toBe('84 ms');
    expect(en.duration(4100)).toBe('4.1 sec');
    expect(en.duration(200_000)).toBe('3 min 20 sec');
    expect(en.duration(3_600_000)).toBe('1 hr');
    expect(en.duration(93_784_000)).toBe('1 day 2 hr');
    expect(de.duration(4100)).toBe('4,1 Sek.');
  });
  it('leaves out a middle unit that is zero rather than jump over it', () => {
    expect(en.duration(86_400_000 + 120_000)).toBe('1 day');
  });
  it('never is empty and never has more than two units', () => {
    assert(
      property(integer({ min: -10, max: 10 ** 11 }), (durationMs) => {
        expect([1, 2]).toContain(en.duration(durationMs).match(/[\d.,]+/g)?.length);
      }),
    );
  });
});

describe('exact', () => {
  it('names the time zone', () => {
    expect(de.exact(NOW)).toContain('MEZ');
    expect(en.exact(NOW)).toContain('UTC');
  });
});
