import type { JsonValue } from '@millwright/core';
import { failed } from './compile/failed.ts';
import { compileSegment } from './compile/segment.ts';
import { ExpressionError } from './errors.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { type CodeSegment, parseTemplate, type Segment } from './parse.ts';
import { toJson, toMixedText } from './result.ts';
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

/** Whether a value is text that holds an expression. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.includes('{{');
}

/**
 * Reads a text with `{{ }}` once. Nothing of it is ever compiled to JavaScript.
 * @throws ExpressionError `expression_syntax`, `expression_denied` or `expression_limit`, with the position
 */
export function compileTemplate(source: string): CompiledTemplate {
  const segments = parseTemplate(source);
  const [only] = segments;
  const run = segments.length === 1 && only !== undefined ? wholeOf(source, only) : mixedOf(source, segments);
  return { source, evaluate: (scope, limits) => evaluated(run, scope, limits) };
}

type RunTemplate = (frame: Frame) => JsonValue;

function evaluated(run: RunTemplate, scope: ExpressionScope, limits: Partial<Limits> | undefined): JsonValue {
  try {
    return run({
      run: new Run(scope, limits === undefined ? defaultLimits : { ...defaultLimits, ...limits }),
      slots: [],
      parent: undefined,
    });
  } catch (error) {
    const known = failed(error);
    throw known instanceof ExpressionError ? known.at({ itemIndex: scope.itemIndex }) : known;
  }
}

function wholeOf(source: string, segment: Segment): RunTemplate {
  if (segment.kind === 'text') return () => segment.text;
  const evaluate = compileSegment(source, segment);
  return (frame) => located(segment, () => toJson(evaluate(frame), frame.run));
}

function mixedOf(source: string, segments: readonly Segment[]): RunTemplate {
  const parts = segments.map((segment) => (segment.kind === 'text' ? () => segment.text : textOf(source, segment)));
  return (frame) => {
    let text = '';
    // Plain text between expressions is the author's own and may be long; only what is computed counts.
    for (const part of parts) text += part(frame);
    if (text.length > frame.run.limits.outputSize) frame.run.chargeText(text.length);
    return text;
  };
}

function textOf(source: string, segment: CodeSegment): (frame: Frame) => string {
  const evaluate = compileSegment(source, segment);
  return (frame) => located(segment, () => frame.run.text(toMixedText(evaluate(frame), frame.run)));
}

/** An error without position concerns the whole `{{ }}`. */
function located<T>(segment: CodeSegment, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw failed(error, { start: segment.start, end: segment.end });
  }
}
