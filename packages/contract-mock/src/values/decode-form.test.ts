import { isJsonObject, type JsonValue } from '@millwright/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameSteps, nestForm } from './decode-form.ts';

/** A nested value as pairs, lists by their places. */
function pairs(name: string, value: JsonValue): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap((one, index) => pairs(`${name}[${index}]`, one));
  if (isJsonObject(value)) return Object.entries(value).flatMap(([key, one]) => pairs(`${name}[${key}]`, one));
  return [[name, String(value as string)]];
}

const names = fc.stringMatching(/^[a-z_][a-z0-9_]{0,5}$/);
const values = fc.letrec<{ any: JsonValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
    fc.dictionary(names, tie('any'), { minKeys: 1, maxKeys: 3 }),
  ),
})).any;

describe('names with brackets', () => {
  it('any nested value that was written with them is read back', () => {
    fc.assert(
      fc.property(fc.dictionary(names, values, { maxKeys: 4 }), (fields) => {
        const written = new URLSearchParams(
          Object.entries(fields)
            .flatMap(([name, value]) => pairs(name, value))
            .map(([name, value]): [string, string] => [name, value]),
        );
        expect(JSON.parse(JSON.stringify(nestForm(new URLSearchParams(written.toString()))))).toEqual(JSON.parse(JSON.stringify(fields)));
      }),
    );
  });

  it('what is no bracketed name is a name as it is, and nothing reaches a prototype', () => {
    expect([nameSteps('a[b'), nameSteps('[a]'), nameSteps('a[b]c'), nameSteps('a[][b]')]).toEqual([
      ['a[b'],
      ['[a]'],
      ['a[b]c'],
      ['a', '', 'b'],
    ]);
    nestForm([
      ['__proto__[polluted]', '1'],
      ['constructor[prototype][polluted]', '1'],
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
