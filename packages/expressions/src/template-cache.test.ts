import { describe, expect, it } from 'vitest';
import { createTemplateCache } from './index.ts';

describe('the template cache', () => {
  it('gives the same template for the same source and forgets the least recently used', () => {
    const cache = createTemplateCache(2);
    const first = cache.compile('{{ 1 }}');
    const second = cache.compile('{{ 2 }}');
    expect(cache.compile('{{ 1 }}')).toBe(first);
    cache.compile('{{ 3 }}');
    expect(cache.compile('{{ 1 }}')).toBe(first);
    expect(cache.compile('{{ 2 }}')).not.toBe(second);
  });
  it('does not keep very long sources', () => {
    const cache = createTemplateCache();
    const long = `${'x'.repeat(30_000)}{{ 1 }}`;
    expect(cache.compile(long)).not.toBe(cache.compile(long));
  });
});
