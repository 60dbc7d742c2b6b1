import { describe, expect, it } from 'vitest';
import { idFromUrl } from './id-from-url.ts';

describe('the id in an address', () => {
  it('is what the pattern of the field finds', () => {
    expect(idFromUrl(' https://docs.example.com/spreadsheets/d/a-b_1/edit#gid=0', String.raw`spreadsheets/d/([\w-]+)`)).toBe('a-b_1');
    expect(idFromUrl('https://x.io/t/M%C3%BCll', 't/(.+)')).toBe('Müll');
    expect(idFromUrl('https://x.io/t/100%', 't/(.+)')).toBe('100%');
  });

  it('is none where the address is another one', () => {
    expect(idFromUrl('https://example.com', String.raw`spreadsheets/d/([\w-]+)`)).toBeNull();
    expect(idFromUrl('', 'a(b?)')).toBeNull();
  });
});
