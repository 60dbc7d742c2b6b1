import { MillwrightError } from '@millwright/core';
import type { RE2JS } from 're2js';
import type { Dates } from '../methods/date/part.ts';
import type { Run } from '../runtime/run.ts';
import type { Value } from '../runtime/value.ts';

/** What is large and few expressions use. `all.ts` gives it from the start; a browser loads each part when one needs it. */
export interface Parts {
  /** What matches regular expressions. */
  readonly patterns: typeof RE2JS;
  /** What finds by a JMESPath query. */
  readonly queries: (query: string, data: Value, run: Run) => Value;
  readonly digests: Digests;
  /** Dates and durations, with all that they can do. */
  readonly dates: Dates;
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

/** A part, where it was given. */
export function partIfGiven<Name extends keyof Parts>(name: Name): Parts[Name] | undefined {
  return given[name];
}

/** @throws PartMissing before it was given */
export function partOf<Name extends keyof Parts>(name: Name): Parts[Name] {
  const part = partIfGiven(name);
  if (part === undefined) throw new PartMissing(name);
  return part;
}
