import { typeError } from '../errors.ts';
import type { Run } from './run.ts';
import { describeKind, isList, Members, Pairs, type Value } from './value.ts';

/**
 * What `...`, `for ... of` and `Array.from` go through: the elements of a list or set, the characters of a text, the pairs of a map. Paid for.
 * @throws ExpressionError `expression_type` for anything else
 */
export function elementsOf(value: Value, run: Run): readonly Value[] {
  if (isList(value)) {
    run.chargeList(value.length);
    return value;
  }
  if (typeof value === 'string') {
    run.chargeList(value.length);
    return Array.from(value);
  }
  if (value instanceof Members || value instanceof Pairs) {
    run.chargeList(value.values.size);
    return [...value.values];
  }
  throw typeError(`elements of ${describeKind(value)}`, `A list is needed here, and this is ${describeKind(value)}.`);
}
