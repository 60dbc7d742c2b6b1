import { expect, it } from 'vitest';
import { hostsIn } from './hosts-in.ts';

it('hosts are read from lines, commas and spaces, each once', () => {
  expect(hostsIn(' a.com\n\n*.b.com, c.com;a.com\t')).toEqual(['a.com', '*.b.com', 'c.com']);
  expect(hostsIn(' \n')).toEqual([]);
});
