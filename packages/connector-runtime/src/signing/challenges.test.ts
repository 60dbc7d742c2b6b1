import { describe, expect, it } from 'vitest';
import { challengesIn } from './challenges.ts';
import { digestChallenge } from './digest.ts';

describe('challenges of one header', () => {
  it.each<readonly [string, string, readonly object[]]>([
    ['nothing', '', []],
    ['a scheme alone', 'Negotiate', [{ scheme: 'negotiate', parameters: {} }]],
    [
      'two schemes, commas and words of schemes inside quotes',
      'Digest realm="a, Digest \\"b\\"", nonce=n1, Basic realm="other"',
      [
        { scheme: 'digest', parameters: { realm: 'a, Digest "b"', nonce: 'n1' } },
        { scheme: 'basic', parameters: { realm: 'other' } },
      ],
    ],
    ['spaces and cases', 'DIGEST  Realm = "r" ,NONCE="n"', [{ scheme: 'digest', parameters: { realm: 'r', nonce: 'n' } }]],
    ['a quote that never ends', 'Digest realm="r", nonce="n', [{ scheme: 'digest', parameters: { realm: 'r' } }]],
  ])('%s', (_what, header, challenges) => {
    expect(challengesIn(header)).toMatchObject(challenges);
    expect(challengesIn(header)).toHaveLength(challenges.length);
  });

  it('a long word that is no challenge is read once: a million signs, which took half an hour', () => {
    expect(challengesIn(`${'a'.repeat(1_000_000)}: Basic realm="r"`).map(({ scheme }) => scheme)).toEqual(['basic']);
  });

  it('what another scheme says is no part of a digest; qualities that nobody knows are no offer', () => {
    expect(digestChallenge('Digest realm="r", nonce="n", stale=TRUE, Basic realm="other"')).toMatchObject({ realm: 'r', isStale: true });
    expect(digestChallenge('Digest realm="r", nonce="n", qop="odd"')).toBeNull();
    expect(digestChallenge('Digest realm="r", nonce="n", algorithm=SHA-1')).toBeNull();
    expect(digestChallenge('Basic realm="r"')).toBeNull();
    expect(digestChallenge(undefined)).toBeNull();
  });
});
