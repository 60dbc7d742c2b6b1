import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshNonce, openBytes, placeOf, sealBytes } from './envelope.ts';

const key = createSecretKey(randomBytes(32));

describe('sealed bytes', () => {
  it('open to what they were, with the same key at the same place and nowhere else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), fc.string({ minLength: 1 }), (plain, one, more) => {
        const sealed = sealBytes(key, placeOf('test', one), plain);
        expect(Buffer.from(plain).equals(openBytes(key, placeOf('test', one), sealed))).toBe(true);
        expect(() => openBytes(key, placeOf('test', one + more), sealed)).toThrow('does not open');
        expect(() => openBytes(createSecretKey(randomBytes(32)), placeOf('test', one), sealed)).toThrow('does not open');
      }),
      { numRuns: 50 },
    );
  });

  it('A115: no nonce comes twice in a million writes', () => {
    const seen = new Set<string>();
    for (let write = 0; write < 1_000_000; write++) seen.add(Buffer.from(freshNonce()).toString('latin1'));
    // What is sealed carries such a nonce, after the format's byte.
    for (let write = 0; write < 2_000; write++)
      seen.add(Buffer.from(sealBytes(key, placeOf('test'), new Uint8Array(1)).subarray(1, 13)).toString('latin1'));
    expect(seen.size).toBe(1_002_000);
  });
});
