import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digest, digestNames } from './digest.ts';

const texts = ['', 'a', 'héllo wörld', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'x'.repeat(111), 'x'.repeat(112), 'x'.repeat(1000)];

describe('digests', () => {
  it.each(digestNames.filter((name) => name !== 'base64'))('%s is what OpenSSL makes', (name) => {
    for (const text of texts) expect(digest(name, new TextEncoder().encode(text))).toBe(createHash(name).update(text).digest('hex'));
  });
  it('an unknown name has none', () => {
    expect(digest('constructor', new Uint8Array())).toBeUndefined();
  });
});
