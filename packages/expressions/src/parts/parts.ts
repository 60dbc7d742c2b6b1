import { MillwrightError } from '@millwright/core';
import type { RE2JS } from 're2js';
import type { Run } from '../runtime/run.ts';
import type { Value } from '../runtime/value.ts';

/** What is large and few expressions use. `all.ts` gives it from the start; a browser loads each part when one needs it. */
export interface Parts {
  /** What matches regular expressions. */
  readonly patterns: typeof RE2JS;
  /** What finds by a JMESPath query. */
  readonly queries: (query: string, data: Value, run: Run) => Value;
  readonly digests: Digests;
}

/** Digests by name; undefined for a name that is not known. */
interface Digests {
  readonly digest: (name: string, bytes: Uint8Array) => string | undefined;
  readonly digestNames: readonly string[];
}

/** A part is needed and not there yet. No mistake of an expression, which can neither catch nor see it. */
export class PartMissing extends MillwrightError {
  readonly part: keyof Parts;

  constructor(part: keyof Parts) {
    super({ code: 'expression_part_missing', message: `the part ${part} of the expression language is not loaded`, retry: { afterMs: 0 } });
    this.part = part;
  }
}

const given: { -readonly [Name in keyof Parts]?: Parts[Name] } = {};

/** Gives a part, for good. */
export function providePart<Name extends keyof Parts>(name: Name, part: Parts[Name]): void {
  given[name] = part;
}

/** @throws PartMissing before it was given */
export function partOf<Name extends keyof Parts>(name: Name): Parts[Name] {
  const part: Parts[Name] | undefined = given[name];
  if (part === undefined) throw new PartMissing(name);
  return part;
}
