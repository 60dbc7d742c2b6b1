import type { Matcher, RE2JS } from 're2js';
import { ExpressionError, limitError, typeError } from '../errors.ts';
import { partOf } from '../parts/parts.ts';
import type { Run } from './run.ts';
import { Opaque } from './value.ts';

/** Longest regular expression, UTF-16 units. */
export const longestPattern = 1000;
/** Sum of all `{n}`: each repeats its part of the program. */
export const mostRepeats = 1000;

/** A regular expression that matches in linear time (RE2). */
export class Pattern extends Opaque {
  readonly source: string;
  readonly flags: string;
  readonly isGlobal: boolean;
  readonly groups: Readonly<Record<string, number>>;
  readonly #program: RE2JS;
  readonly #size: number;

  /** @throws ExpressionError `expression_syntax` for what RE2 does not have (look-around, back-references), `expression_limit` when too large */
  constructor(source: string, flags: string) {
    super();
    checkSize(source);
    this.source = source;
    this.flags = flags;
    this.isGlobal = flags.includes('g');
    this.#program = compileProgram(source, flags);
    this.#size = this.#program.programSize();
    this.groups = this.#program.namedGroups();
  }

  /** A matcher over a text, paid for: time is at most the product of both sizes. */
  matcher(text: string, run: Run): Matcher {
    run.spend(10 + Math.ceil((text.length * this.#size) / 16));
    return this.#program.matcher(text);
  }
}

function compileProgram(source: string, flags: string): RE2JS {
  const engine = partOf('patterns');
  let bits = 0;
  for (const flag of flags) {
    if (flag === 'i') bits |= engine.CASE_INSENSITIVE;
    else if (flag === 'm') bits |= engine.MULTILINE;
    else if (flag === 's') bits |= engine.DOTALL;
    else if (flag !== 'g' && flag !== 'u')
      throw typeError(`regular expression flag ${flag}`, 'A regular expression can have the flags g, i, m, s and u.');
  }
  try {
    return engine.compile(engine.translateRegExp(source), bits);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable';
    throw new ExpressionError({
      code: 'expression_syntax',
      message: `regular expression: ${reason.slice(0, 200)}`,
      hint: 'This regular expression cannot be used. Look-ahead, look-behind and back-references are not available.',
    });
  }
}

function checkSize(source: string): void {
  let repeats = 0;
  for (const [, least, most] of source.matchAll(/\{(\d{1,9})(?:,(\d{0,9}))?\}/gu)) repeats += Math.max(Number(least), Number(most ?? 0));
  // RE2JS reads a named back-reference as plain letters: better refused than silently different.
  if (/\\k</u.test(source))
    throw new ExpressionError({
      code: 'expression_syntax',
      message: 'regular expression: back-reference',
      hint: 'Back-references are not available in regular expressions.',
    });
  if (source.length > longestPattern || repeats > mostRepeats) {
    throw limitError(
      'regular expression too large',
      `A regular expression can have up to ${longestPattern} characters and ${mostRepeats} repeats.`,
    );
  }
}
