import { UserError } from '@millwright/core';

/** Why an expression could not be read or evaluated. */
export type ExpressionErrorCode =
  | 'expression_syntax'
  | 'expression_missing_key'
  | 'expression_type'
  | 'expression_denied'
  | 'expression_limit'
  | 'expression_lineage';

/** What an {@link ExpressionError} can say. Positions count UTF-16 units in the whole template, braces included. */
export interface ExpressionErrorFacts {
  readonly code: ExpressionErrorCode;
  /** For developers. Names of keys appear, values never. */
  readonly message: string;
  /** For the author of the expression, in plain words. */
  readonly hint?: string | undefined;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  /** The key, name or method that is not there. */
  readonly missingKey?: string | undefined;
  /** What was probably meant instead. */
  readonly suggestion?: string | undefined;
  /** The parameter that holds the expression, such as `headers[0].value`. */
  readonly field?: string | undefined;
  /** Which item of the input it failed for, from 0. */
  readonly itemIndex?: number | undefined;
  /** Fails the node in the n8n profile too, where ordinary mistakes give nothing. Default: limits, lineage and what is refused do. */
  readonly isFinal?: boolean | undefined;
}

/** An expression that cannot be read, or fails on the data it was given. Never retried. */
export class ExpressionError extends UserError {
  declare readonly code: ExpressionErrorCode;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly missingKey: string | undefined;
  readonly suggestion: string | undefined;
  readonly field: string | undefined;
  readonly itemIndex: number | undefined;
  readonly isFinal: boolean;

  constructor(facts: ExpressionErrorFacts) {
    const { code, message, hint, isFinal, ...where } = facts;
    super('unprocessable', { code, message, hint, details: where });
    this.start = facts.start;
    this.end = facts.end;
    this.missingKey = facts.missingKey;
    this.suggestion = facts.suggestion;
    this.field = facts.field;
    this.itemIndex = facts.itemIndex;
    this.isFinal = isFinal ?? (code !== 'expression_missing_key' && code !== 'expression_type');
  }

  /** The same error, knowing more of where it happened. What is already known stays. */
  at(where: Pick<ExpressionErrorFacts, 'start' | 'end' | 'field' | 'itemIndex' | 'isFinal'>): ExpressionError {
    return new ExpressionError({
      code: this.code,
      message: this.message,
      hint: this.hint,
      missingKey: this.missingKey,
      suggestion: this.suggestion,
      start: this.start ?? where.start,
      end: this.end ?? where.end,
      field: this.field ?? where.field,
      itemIndex: this.itemIndex ?? where.itemIndex,
      isFinal: this.isFinal || where.isFinal,
    });
  }
}

/** A value of the wrong type: what was wanted, what came. */
export function typeError(message: string, hint?: string): ExpressionError {
  return new ExpressionError({ code: 'expression_type', message, hint });
}

/** More work or more data than one expression may use. */
export function limitError(message: string, hint: string): ExpressionError {
  return new ExpressionError({ code: 'expression_limit', message, hint });
}

/** Something the language does not have. */
export function deniedError(message: string, hint?: string): ExpressionError {
  return new ExpressionError({ code: 'expression_denied', message, hint });
}
