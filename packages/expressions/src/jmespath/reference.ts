import { Opaque, type Value } from '../runtime/value.ts';

/** A query given to a function: `sort_by(list, &age)`. Never data. */
export class Reference extends Opaque {
  readonly apply: (value: Value) => Value;
  constructor(apply: (value: Value) => Value) {
    super();
    this.apply = apply;
  }
}
