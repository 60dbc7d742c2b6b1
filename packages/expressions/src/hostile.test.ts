import { expect, it } from 'vitest';
import { heapOverHostile } from './testing/hostile.ts';

it('live memory of the host does not grow over hostile evaluations (100,000: npm run fuzz:expressions -- --hostile 100000)', () => {
  const { before, after } = heapOverHostile(6000);
  expect(after - before).toBeLessThan(8 * 2 ** 20);
});
