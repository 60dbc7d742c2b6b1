import type { Expression } from 'acorn';
import { deniedSyntax } from './compile/denied.ts';
import { isStackOverflow } from './compile/failed.ts';
import { ExpressionError } from './errors.ts';
import { maxDepth, maxSegmentLength, maxSegments } from './limits.ts';
import { SyntaxFault } from './syntax/fault.ts';
import { parseExpression } from './syntax/parse-expression.ts';

/** A stretch of a template: plain text, or the syntax tree of one `{{ }}`. */
export type Segment = { readonly kind: 'text'; readonly text: string } | CodeSegment;

/** One `{{ }}`. */
export interface CodeSegment {
  readonly kind: 'code';
  readonly node: Expression;
  /** Where the tree's positions start in the template. */
  readonly offset: number;
  /** Position of `{{`. */
  readonly start: number;
  /** Position after `}}`. */
  readonly end: number;
}

/**
 * Cuts a text into its segments. Where an expression ends is decided by its grammar, so `}}` may appear in quotes and objects.
 * @throws ExpressionError `expression_syntax` with the position, `expression_limit` for too many segments
 */
export function parseTemplate(source: string): readonly Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (let open = source.indexOf('{{'); open !== -1; open = source.indexOf('{{', from)) {
    if (open > from) segments.push({ kind: 'text', text: source.slice(from, open) });
    const segment = parseSegment(source, open);
    segments.push(segment);
    from = segment.end;
    if (segments.length > maxSegments * 2) {
      throw new ExpressionError({
        code: 'expression_limit',
        message: 'too many expressions in one text',
        hint: `A text can have up to ${maxSegments} expressions.`,
        start: open,
        end: from,
      });
    }
  }
  if (from < source.length) segments.push({ kind: 'text', text: source.slice(from) });
  return segments;
}

function parseSegment(source: string, open: number): CodeSegment {
  const offset = open + 2;
  const code = source.slice(offset, offset + maxSegmentLength);
  if (/^\s*\}\}/u.test(code))
    throw syntaxError(source, {
      at: open,
      message: 'nothing between {{ and }}',
      hint: 'Write something between `{{` and `}}`, for example `$json.email`.',
    });
  const node = parseCode(source, code, offset);
  const close = afterSpace(code, node.end);
  if (!code.startsWith('}}', close)) throw notClosed(source, { offset, close, isCut: code.length === maxSegmentLength });
  return { kind: 'code', node, offset, start: open, end: offset + close + 2 };
}

function parseCode(source: string, code: string, offset: number): Expression {
  try {
    return parseExpression(code);
  } catch (error) {
    if (isStackOverflow(error)) {
      throw syntaxError(source, {
        at: offset,
        message: 'source nested too deeply',
        hint: `An expression can be nested up to ${maxDepth} deep.`,
      });
    }
    throw error instanceof SyntaxFault ? translated(error, { source, code, offset }) : error;
  }
}

interface Parsing {
  readonly source: string;
  readonly code: string;
  readonly offset: number;
}

function translated({ at, end, message, denied }: SyntaxFault, { source, code, offset }: Parsing): ExpressionError {
  if (denied !== undefined) return deniedSyntax(denied).at({ start: offset + at, end: offset + end });
  if (at >= code.length) return code.length === maxSegmentLength ? tooLong(source, offset) : unclosed(source, offset);
  const found = code.startsWith('}}', at) ? 'the end `}}`' : `\`${code.slice(at, at + 1)}\``;
  const hint = message.startsWith('Unexpected')
    ? `The expression cannot be read at ${found}. Something is missing or too much there.`
    : `The expression cannot be read: ${message}.`;
  return syntaxError(source, { at: offset + at, message, hint });
}

/** Skips white space, comments and the semicolons that people leave at the end. */
function afterSpace(code: string, from: number): number {
  const space = /(?:[\s;]|\/\*(?:[^*]|\*(?!\/))*\*\/|\/\/[^\n]*\n)*/uy;
  space.lastIndex = from;
  return from + (space.exec(code)?.[0].length ?? 0);
}

function notClosed(source: string, { offset, close, isCut }: { offset: number; close: number; isCut: boolean }): ExpressionError {
  const at = offset + close;
  if (at >= source.length) return unclosed(source, offset);
  if (isCut && close >= maxSegmentLength - 1) return tooLong(source, offset);
  const found = source.slice(at, at + 1);
  return syntaxError(source, {
    at,
    message: `unexpected ${found}`,
    hint: `After the expression comes \`}}\`, and here is \`${found}\`. One \`{{ }}\` holds one expression.`,
  });
}

function unclosed(source: string, offset: number): ExpressionError {
  return syntaxError(source, {
    at: offset - 2,
    message: '{{ without }}',
    hint: "The expression has no end: write `}}` after it. For the two braces themselves, write `{{ '{{' }}`.",
  });
}

function tooLong(source: string, offset: number): ExpressionError {
  return syntaxError(source, {
    at: offset,
    message: 'expression too long',
    hint: `One expression can have up to ${maxSegmentLength} characters. Use a Code step for more.`,
  });
}

function syntaxError(source: string, { at, message, hint }: { at: number; message: string; hint: string }): ExpressionError {
  return new ExpressionError({
    code: 'expression_syntax',
    message,
    hint,
    start: Math.min(at, source.length),
    end: Math.min(at + 1, source.length),
  });
}
