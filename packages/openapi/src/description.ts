import { isDeeperThan, isJsonObject, UserError, type JsonObject, type JsonValue } from '@millwright/core';
import { parse, YAMLParseError } from 'yaml';

/** A vendor's API description, parsed but not expanded: references are followed when an operation is asked for. */
export interface Description {
  readonly root: JsonObject;
  readonly version: '2.0' | '3.0' | '3.1';
}

/** Bounds of a description. */
export interface DescriptionLimits {
  /** Characters of the text. Default 64 Mi. */
  readonly maxChars?: number;
  /** Nesting of the document itself, references not followed. Default 200. */
  readonly maxDepth?: number;
}

const MAX_CHARS = 64 * 1024 * 1024;
const MAX_DEPTH = 200;
/** Nodes that YAML aliases may make of one: against documents that grow without bound. */
const MAX_ALIASES = 100;

function unreadable(message: string, hint: string, details: Readonly<Record<string, unknown>> = {}): UserError {
  return new UserError('unprocessable', { code: 'description_unreadable', message, hint, details });
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: MAX_ALIASES, merge: true, uniqueKeys: false, logLevel: 'error' });
  } catch (thrown) {
    const at = thrown instanceof YAMLParseError ? thrown.linePos?.[0] : undefined;
    const place = at === undefined ? '' : ` in line ${at.line}, column ${at.col}`;
    const details = at === undefined ? {} : { line: at.line, column: at.col };
    throw unreadable(`the text is neither JSON nor YAML${place}`, 'Save the description again as JSON, or repair that line.', details);
  }
}

function parseText(text: string): unknown {
  const trimmed = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (/^\s*[{[]/.test(trimmed)) {
    try {
      return JSON.parse(trimmed);
    } catch {
      // YAML in flow style begins like JSON.
    }
  }
  if (/^\s*</.test(trimmed))
    throw unreadable(
      'the text is a web page or XML, not an API description',
      'Use the address of the JSON or YAML file, not of the page that shows it.',
    );
  return parseYaml(trimmed);
}

function versionOf(root: JsonObject): Description['version'] {
  const named = asText(root['openapi'] ?? root['swagger']);
  if (/^2(\.0)?$/.test(named)) return '2.0';
  const match = /^3\.([01])(\.|$)/.exec(named) ?? /^3\.([2-9])(\.|$)/.exec(named);
  if (match) return match[1] === '0' ? '3.0' : '3.1';
  throw new UserError('unprocessable', {
    code: 'description_version',
    message: named === '' ? 'the document names no version: neither "openapi" nor "swagger"' : `"${named}" is no version that can be read`,
    hint: 'OpenAPI 2.0 (Swagger), 3.0 and 3.1 can be read.',
  });
}

/**
 * Reads a description from its text, JSON or YAML.
 * @throws UserError `description_unreadable` (with line and column), `description_version`, `description_too_large`, `description_no_paths`
 */
export function readDescription(text: string, limits: DescriptionLimits = {}): Description {
  const maxChars = limits.maxChars ?? MAX_CHARS;
  if (text.length > maxChars)
    throw new UserError('tooLarge', {
      code: 'description_too_large',
      message: `the description has ${text.length} characters, more than ${maxChars}`,
      hint: 'Cut it to the operations that you need.',
    });
  return toDescription(parseText(text), limits);
}

/**
 * Takes a description that is parsed already.
 * @throws UserError `description_unreadable`, `description_version`, `description_too_large`, `description_no_paths`
 */
export function toDescription(value: unknown, limits: DescriptionLimits = {}): Description {
  if (!isJsonObject(value)) throw unreadable('the text holds no object', 'An API description begins with "openapi:" or "swagger:".');
  const maxDepth = limits.maxDepth ?? MAX_DEPTH;
  if (isDeeperThan(value, maxDepth))
    throw new UserError('tooLarge', {
      code: 'description_too_large',
      message: `the description is nested more than ${maxDepth} levels deep`,
      hint: 'Move inner schemas to components and refer to them.',
    });
  const version = versionOf(value);
  if (!isJsonObject(value['paths']) && !isJsonObject(value['webhooks']))
    throw new UserError('unprocessable', {
      code: 'description_no_paths',
      message: 'the description has no "paths"',
      hint: 'Use the main file of the description: this one holds only parts of it.',
    });
  return { root: value, version };
}

/** A field of an object, or undefined. */
export function field(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** A plain value as text; empty where there is none, JSON of what is not plain. */
export function asText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A field as text, or undefined. */
export function textField(value: JsonValue | undefined, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

/** A field as object; empty where it is none. */
export function objectField(value: JsonValue | undefined, name: string): JsonObject {
  const found = field(value, name);
  return isJsonObject(found) ? found : {};
}

/** A field as list; empty where it is none. */
export function listField(value: JsonValue | undefined, name: string): readonly JsonValue[] {
  const found = field(value, name);
  return Array.isArray(found) ? (found as readonly JsonValue[]) : [];
}
