import fc from 'fast-check';
import type { JsonValue } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { ExpressionError } from './errors.ts';
import { evaluateParameters } from './parameters.ts';
import { prepareParameters } from './prepared-parameters.ts';
import { createScope } from './scope.ts';

const items = [{ json: { n: 1, name: 'Ada' } }, { json: { n: 2 } }];
const scopeOf = (itemIndex: number) => createScope({ items, itemIndex, nowMs: 0 });

const texts = fc.constantFrom(
  'plain',
  '{{ $json.n + 1 }}',
  'a {{ $json.name }} b',
  '{{ $json.name.length }}',
  '{{ $itemIndex }}',
  '{{ [1, $json.n] }}',
  '{{ $json. }}',
);
const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.constantFrom(null, true, 3),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('tree'), { maxKeys: 3 }),
  ),
}));

/** What comes of it: a value, or what is wrong and where. */
function outcome(make: () => JsonValue): unknown {
  try {
    return { value: make() };
  } catch (thrown) {
    if (!(thrown instanceof ExpressionError)) throw thrown;
    const { code, field, itemIndex, message } = thrown;
    return { code, field, itemIndex, message };
  }
}

describe('parameters that are read once', () => {
  it('come to what they come to when they are read for each item, errors included', () => {
    fc.assert(
      fc.property(tree, (parameters) => {
        const prepared = prepareParameters(parameters);
        for (const itemIndex of [0, 1, 0])
          expect(outcome(() => prepared.evaluate(scopeOf(itemIndex)))).toEqual(
            outcome(() => evaluateParameters(parameters, scopeOf(itemIndex))),
          );
      }),
    );
  });

  it('too deep ones are refused where they are, when they are evaluated', () => {
    let deep: JsonValue = '{{ 1 }}';
    for (let depth = 0; depth < 300; depth++) deep = [deep];
    expect(outcome(() => prepareParameters(deep).evaluate(scopeOf(0)))).toEqual(outcome(() => evaluateParameters(deep, scopeOf(0))));
  });
});
