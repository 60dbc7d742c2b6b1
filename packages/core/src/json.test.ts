import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, isJsonObject } from './json.ts';

/** As slow and as plain as it can be said. */
function plainly(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isJsonObject(inner)
      ? Object.fromEntries(
          Object.keys(inner)
            .toSorted()
            .flatMap((key) => (inner[key] === undefined ? [] : [[key, inner[key]]])),
        )
      : inner,
  );
}

describe('canonical JSON', () => {
  it('is what sorting every object gives', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => canonicalJson(value) === plainly(value)));
  });

  it('of objects with equal fields is equal, whatever their order', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: { 10: 1, 2: 2, x: new Date(0) } })).toBe(
      '{"a":{"2":2,"10":1,"x":"1970-01-01T00:00:00.000Z"},"b":[{"d":1}]}',
    );
    expect(canonicalJson(JSON.parse('{"__proto__":1,"a":2}'))).toBe('{"__proto__":1,"a":2}');
  });
});
