import { describe, expect, it } from 'vitest';
import { safeNextPath } from './next-path.ts';

describe('safeNextPath', () => {
  it('keeps a path of this app with its filters', () => {
    expect(safeNextPath('/runs?status=failed#top')).toBe('/runs?status=failed#top');
  });
  it.each([
    '//evil.example/x',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    7,
    '/sign-in?next=/sign-in',
    '/setup',
  ])('falls back to the workflows for %j', (next) => {
    expect(safeNextPath(next)).toBe('/workflows');
  });
});
