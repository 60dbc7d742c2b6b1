import { isJsonObject, type JsonValue } from '@millwright/core';
import { analyze } from './analyze.ts';
import { type Mention, mentionsOf, type Reads, readsOf } from './editing/reads.ts';
import { references } from './editing/references.ts';
import { ExpressionError, type ExpressionErrorCode } from './errors.ts';
import { maxDepth } from './limits.ts';
import { put } from './runtime/value.ts';
import type { ExpressionScope } from './scope.ts';
import { type CompileOptions, isExpression } from './template.ts';
import { templateCache } from './template-cache.ts';

/** How parameters are read. */
export interface ParameterOptions extends CompileOptions {
  /** What field paths start with. Default none. */
  readonly path?: string;
}

/**
 * A node's parameters with every expression in them replaced by its value for one item. What holds no expression is returned as it is.
 * @throws ExpressionError with the field path, such as `headers[0].value`
 */
export function evaluateParameters(parameters: JsonValue, scope: ExpressionScope, options: ParameterOptions = {}): JsonValue {
  return mapTexts(parameters, { path: options.path ?? '', depth: 0 }, (source, field) => {
    try {
      return templateCache.compile(source, options).evaluate(scope);
    } catch (error) {
      throw error instanceof ExpressionError ? error.at({ field, itemIndex: scope.itemIndex }) : error;
    }
  });
}

/** Something wrong in an expression, found without running it. */
export interface ParameterProblem {
  /** The field, such as `headers[0].value`. */
  readonly path: string;
  readonly code: ExpressionErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
  /** Position in the field's text. */
  readonly start: number;
  readonly end: number;
  readonly suggestion: string | undefined;
}

/** What one field reads. */
export interface FieldReads extends Reads {
  /** The field, such as `headers[0].value`. */
  readonly path: string;
}

/** A variable or environment name in one field. */
export interface FieldMention extends Mention {
  /** The field, such as `headers[0].value`. */
  readonly path: string;
}

/** What all expressions of a node need. */
export interface ParameterAnalysis {
  /** Nodes by the id or name that the source says, each once. */
  readonly refs: readonly string[];
  readonly roots: readonly string[];
  readonly usesItem: boolean;
  readonly usesAllItems: boolean;
  /** What is read of which node's data, by field. */
  readonly reads: readonly FieldReads[];
  readonly vars: readonly FieldMention[];
  readonly env: readonly FieldMention[];
  readonly problems: readonly ParameterProblem[];
}

/** Looks through parameters without running anything. Never throws for what an expression says. */
export function analyzeParameters(parameters: JsonValue, options: CompileOptions = {}): ParameterAnalysis {
  const refs = new Set<string>();
  const roots = new Set<string>();
  const problems: ParameterProblem[] = [];
  const reads: FieldReads[] = [];
  const vars: FieldMention[] = [];
  const env: FieldMention[] = [];
  let usesItem = false;
  let usesAllItems = false;
  try {
    mapTexts(parameters, { path: '', depth: 0 }, (source, path) => {
      try {
        const found = analyze(source, options);
        for (const ref of found.nodeRefs) refs.add(ref);
        for (const root of found.roots) roots.add(root);
        usesItem ||= found.usesItem;
        usesAllItems ||= found.usesAllItems;
        const places = references(source);
        reads.push(...readsOf(places).map((one) => ({ ...one, path })));
        vars.push(...mentionsOf(places, 'vars').map((one) => ({ ...one, path })));
        env.push(...mentionsOf(places, 'env').map((one) => ({ ...one, path })));
      } catch (error) {
        problems.push(problemOf(error, path, source.length));
      }
      return source;
    });
  } catch (error) {
    problems.push(problemOf(error, '', 0));
  }
  return { refs: [...refs], roots: [...roots], usesItem, usesAllItems, reads, vars, env, problems };
}

function problemOf(error: unknown, path: string, length: number): ParameterProblem {
  if (!(error instanceof ExpressionError)) throw error;
  return {
    path: error.field ?? path,
    code: error.code,
    message: error.message,
    hint: error.hint,
    start: error.start ?? 0,
    end: error.end ?? length,
    suggestion: error.suggestion,
  };
}

interface Position {
  readonly path: string;
  readonly depth: number;
}

/** The value with every text that holds an expression replaced; the same object where nothing was. */
function mapTexts(value: JsonValue, at: Position, replace: (source: string, path: string) => JsonValue): JsonValue {
  if (isExpression(value)) return replace(value, at.path);
  if (typeof value !== 'object' || value === null) return value;
  if (at.depth >= maxDepth) {
    throw new ExpressionError({
      code: 'expression_limit',
      message: 'parameters nested too deeply',
      hint: `Parameters can be nested up to ${maxDepth} deep.`,
      field: at.path,
    });
  }
  if (!isJsonObject(value)) {
    const list = value.map((one, index) => mapTexts(one, { path: `${at.path}[${index}]`, depth: at.depth + 1 }, replace));
    return list.some((one, index) => one !== value[index]) ? list : value;
  }
  const object: Record<string, unknown> = {};
  let isChanged = false;
  for (const [key, before] of Object.entries(value)) {
    const after = mapTexts(before, { path: at.path === '' ? key : `${at.path}.${key}`, depth: at.depth + 1 }, replace);
    isChanged ||= after !== before;
    put(object, key, after);
  }
  return isChanged ? (object as JsonValue) : value;
}
