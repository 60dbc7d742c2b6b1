import { expect, it } from 'vitest';
import { statusOf } from './status-glyph.tsx';

it('only a waiting run that will try again is retrying', () => {
  expect(statusOf('waiting', { kind: 'retry' })).toBe('retrying');
  expect(statusOf('waiting', { kind: 'timer' })).toBe('waiting');
  expect(statusOf('failed', { kind: 'retry' })).toBe('failed');
  expect(statusOf('running', null)).toBe('running');
});
