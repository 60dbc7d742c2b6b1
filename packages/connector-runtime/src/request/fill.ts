import { UserError, type JsonValue } from '@millwright/core';
import { parseTemplate, type TemplatePart } from '@millwright/node-sdk';
import { readSteps } from './paths.ts';

/** What templates read: the input's fields beside `auth`, `idempotencyKey`, … */
export type Scope = Readonly<Record<string, unknown>>;

const known = new Map<string, readonly TemplatePart[]>();

function partsOf(text: string): readonly TemplatePart[] {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const { parts } = parseTemplate(text);
  if (known.size > 10_000) known.clear();
  known.set(text, parts);
  return parts;
}

/** A value as it stands in a text: itself, or its JSON. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A text with its values; one `{{path}}` alone gives the value itself. Undefined where a value is missing. */
function fillText(text: string, scope: Scope): unknown {
  const parts = partsOf(text);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== 'string') return readSteps(scope, only.path);
  let filled = '';
  for (const part of parts) {
    const value = typeof part === 'string' ? part : readSteps(scope, part.path);
    if (value === undefined || value === null) return undefined;
    filled += asText(value);
  }
  return filled;
}

/** A template as text; empty where a value is missing. */
export function fillToText(template: string, scope: Scope): string {
  return asText(fillText(template, scope) ?? '');
}

/** A value with its templates filled; absent fields of objects are left out. */
export function fill(value: JsonValue, scope: Scope): JsonValue | undefined {
  if (typeof value === 'string') return value.includes('{{') ? (fillText(value, scope) as JsonValue | undefined) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map((one) => fill(one, scope)).filter((one) => one !== undefined);
  }
  const filled: Record<string, JsonValue> = {};
  for (const [name, inner] of Object.entries(value)) {
    const own = fill(inner, scope);
    if (own !== undefined) filled[name.includes('{{') ? asText(fillText(name, scope) ?? name) : name] = own;
  }
  return filled;
}

function missing(source: string): UserError {
  return new UserError('invalid', {
    code: 'parameter_invalid',
    message: `"${source}" is empty, but the address needs it`,
    hint: `Fill in "${source}"; if it is an expression, look at what it gives for this item.`,
    details: { field: `parameters.${source}`, sent: false },
  });
}

/** One segment of an address: never empty, never one that climbs. */
function segment(value: string, source: string): string {
  if (value === '' || value === '.' || value === '..') throw missing(source);
  return encodeURIComponent(value);
}

/**
 * An address with its values as encoded segments.
 * @throws UserError `parameter_invalid` when a value is missing or would change the path
 */
export function fillPath(template: string, scope: Scope): string {
  let filled = '';
  for (const part of partsOf(template)) {
    if (typeof part === 'string') {
      filled += part;
      continue;
    }
    const value = readSteps(scope, part.path);
    if (value === undefined || value === null) throw missing(part.source);
    // What a whole address begins with is an open field of the credential; its host is judged later.
    const isBase = filled === '' && part.path[0] === 'auth';
    if (isBase) filled += asText(value).replace(/\/+$/, '');
    else if (part.keepsSlashes)
      filled += asText(value)
        .split('/')
        .map((one) => segment(one, part.source))
        .join('/');
    else filled += segment(asText(value), part.source);
  }
  return filled;
}

/** Headers with their values; those without are left out. */
export function fillHeaders(headers: Readonly<Record<string, string>>, scope: Scope): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const [name, text] of Object.entries(headers)) {
    const value = fill(text, scope);
    if (value !== undefined && value !== null) filled[name.toLowerCase()] = asText(value);
  }
  return filled;
}
