import { expect, it } from 'vitest';
import { EagerStarts } from './eager-starts.ts';

it('a mark holds once, for its own start, and only while nobody else can have had the run', () => {
  let now = 1000;
  const marks = new EagerStarts({ nowMs: () => 0, monotonicMs: () => now });
  marks.add('a', now);
  expect(marks.take('b')).toBe(false);
  expect(marks.take('a')).toBe(true);
  expect(marks.take('a')).toBe(false);
  marks.add('late', now);
  now += 5000;
  expect(marks.take('late')).toBe(false);
});
