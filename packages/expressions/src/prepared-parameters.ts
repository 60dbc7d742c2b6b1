import { isJsonObject, type JsonValue } from '@millwright/core';
import { ExpressionError } from './errors.ts';
import { maxDepth } from './limits.ts';
import { put } from './runtime/value.ts';
import type { ExpressionScope } from './scope.ts';
import { type CompiledTemplate, type CompileOptions, isExpression } from './template.ts';
import { templateCache } from './template-cache.ts';

/** A node's parameters, read once and evaluated for many items. */
export interface PreparedParameters {
  /**
   * The parameters with every expression replaced by its value for one item, as `evaluateParameters` gives them.
   * @throws ExpressionError with the field path, such as `headers[0].value`
   */
  readonly evaluate: (scope: ExpressionScope) => JsonValue;
}

type Make = (scope: ExpressionScope) => JsonValue;

/** Reads parameters once; what an expression in them says wrong is thrown when it is evaluated. */
export function prepareParameters(parameters: JsonValue, options: CompileOptions = {}): PreparedParameters {
  const make = prepared(parameters, { path: '', depth: 0, options });
  return { evaluate: make ?? (() => parameters) };
}

interface Position {
  readonly path: string;
  readonly depth: number;
  readonly options: CompileOptions;
}

/** Null: it holds no expression. */
function prepared(value: JsonValue, at: Position): Make | null {
  if (isExpression(value)) return textOf(value, at);
  if (typeof value !== 'object' || value === null) return null;
  if (at.depth >= maxDepth) return tooDeep(at.path);
  return isJsonObject(value) ? objectOf(value, at) : listOf(value, at);
}

function textOf(source: string, { path, options }: Position): Make {
  let template: CompiledTemplate | undefined;
  return (scope) => {
    try {
      template ??= templateCache.compile(source, options);
      return template.evaluate(scope);
    } catch (error) {
      throw error instanceof ExpressionError ? error.at({ field: path, itemIndex: scope.itemIndex }) : error;
    }
  };
}

function tooDeep(path: string): Make {
  return () => {
    throw new ExpressionError({
      code: 'expression_limit',
      message: 'parameters nested too deeply',
      hint: `Parameters can be nested up to ${maxDepth} deep.`,
      field: path,
    });
  };
}

function listOf(values: readonly JsonValue[], { path, depth, options }: Position): Make | null {
  const parts = values.map((value, index) => ({
    value,
    make: prepared(value, { path: `${path}[${index}]`, depth: depth + 1, options }),
  }));
  if (parts.every(({ make }) => make === null)) return null;
  return (scope) => parts.map(({ value, make }) => (make === null ? value : make(scope)));
}

function objectOf(value: Readonly<Record<string, JsonValue>>, { path, depth, options }: Position): Make | null {
  const parts = Object.entries(value).map(([key, field]) => ({
    key,
    field,
    make: prepared(field, { path: path === '' ? key : `${path}.${key}`, depth: depth + 1, options }),
  }));
  if (parts.every(({ make }) => make === null)) return null;
  return (scope) => {
    const object: Record<string, unknown> = {};
    for (const { key, field, make } of parts) put(object, key, make === null ? field : make(scope));
    return object as JsonValue;
  };
}
