import type { JsonValue } from '@millwright/core';
import { failed } from './compile/failed.ts';
import { compileSegment } from './compile/segment.ts';
import { ExpressionError } from './errors.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { type CodeSegment, parseTemplate, type Segment } from './parse.ts';
import type { Profile } from './profile.ts';
import { toJson } from './result.ts';
import { toMixedText } from './runtime/text.ts';
import { type Frame, Run } from './runtime/run.ts';
import type { ExpressionScope } from './scope.ts';

/** A text with `{{ }}`, ready to be evaluated many times. */
export interface CompiledTemplate {
  readonly source: string;
  /**
   * The value for one item. One `{{ }}` alone keeps its type; anything around it makes text. Undefined becomes null.
   * @throws ExpressionError with the position in `source` and the item index
   */
  readonly evaluate: (scope: ExpressionScope, limits?: Partial<Limits>) => JsonValue;
}

/** How a text is read. */
export interface CompileOptions {
  /** Default `millwright`. */
  readonly profile?: Profile | undefined;
}

/** Whether a value is text that holds an expression. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.includes('{{');
}

/**
 * Reads a text with `{{ }}` once. Nothing of it is ever compiled to JavaScript.
 * @throws ExpressionError `expression_syntax`, `expression_denied` or `expression_limit`, with the position
 */
export function compileTemplate(source: string, { profile = 'millwright' }: CompileOptions = {}): CompiledTemplate {
  const segments = parseTemplate(source);
  const [only] = segments;
  const text: Text = { source, profile };
  const run = segments.length === 1 && only !== undefined ? wholeOf(text, only) : mixedOf(text, segments);
  return {
    source,
    evaluate: (scope, limits) =>
      evaluated(run, scope, new Run(scope, limits === undefined ? defaultLimits : { ...defaultLimits, ...limits }, profile)),
  };
}

interface Text {
  readonly source: string;
  readonly profile: Profile;
}

type RunTemplate = (frame: Frame) => JsonValue;

function evaluated(template: RunTemplate, scope: ExpressionScope, run: Run): JsonValue {
  try {
    return template({ run, slots: [], parent: undefined });
  } catch (error) {
    const known = failed(error);
    throw known instanceof ExpressionError ? known.at({ itemIndex: scope.itemIndex }) : known;
  }
}

function wholeOf(source: Text, segment: Segment): RunTemplate {
  if (segment.kind === 'text') return () => segment.text;
  const evaluate = compileSegment(source, segment);
  const nothing = null;
  return (frame) => located<JsonValue>(segment, frame, { make: () => toJson(evaluate(frame), frame.run), nothing });
}

function mixedOf(source: Text, segments: readonly Segment[]): RunTemplate {
  const parts = segments.map((segment) => (segment.kind === 'text' ? () => segment.text : textOf(source, segment)));
  return (frame) => {
    let text = '';
    // Plain text between expressions is the author's own and may be long; only what is computed counts.
    for (const part of parts) text += part(frame);
    if (text.length > frame.run.limits.outputSize) frame.run.chargeText(text.length);
    return text;
  };
}

function textOf(source: Text, segment: CodeSegment): (frame: Frame) => string {
  const evaluate = compileSegment(source, segment);
  return (frame) => located(segment, frame, { make: () => frame.run.text(toMixedText(evaluate(frame), frame.run)), nothing: '' });
}

interface Made<T> {
  readonly make: () => T;
  /** What n8n gives where an ordinary mistake was made. */
  readonly nothing: T;
}

/** An error without position concerns the whole `{{ }}`. In the n8n profile ordinary mistakes give nothing (n8n-corpus §10). */
function located<T>(segment: CodeSegment, { run }: Frame, { make, nothing }: Made<T>): T {
  try {
    return make();
  } catch (error) {
    const known = failed(error, { start: segment.start, end: segment.end });
    if (run.isLoose && known instanceof ExpressionError && !known.isFinal) return nothing;
    throw known;
  }
}
