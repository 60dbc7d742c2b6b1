import { isJsonObject, type JsonValue, type UserError } from '@millwright/core';
import { codeError } from './errors.ts';
import { GivenFiles } from './given-files.ts';
import { LIMITS } from './limits.ts';
import type { CodeCall, CodeOutputItem, FileHandles } from './types.ts';

const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;

const invalid = (message: string): UserError => codeError('code_result_invalid', message);

/** Whether JSON is nested deeper than so many levels; looks no deeper than that. */
function isTooDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (const inner of value) if (typeof inner === 'object' && isTooDeep(inner, levels - 1)) return true;
    return false;
  }
  for (const key in value) {
    const inner: unknown = (value as Record<string, unknown>)[key];
    if (typeof inner === 'object' && isTooDeep(inner, levels - 1)) return true;
  }
  return false;
}

/** Whether a text opens more objects and lists than so many: what opens fewer is nested no deeper, whatever stands in its strings. */
function opensMore(text: string, most: number): boolean {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === OPEN_OBJECT || unit === OPEN_LIST) count += 1;
    if (count > most) return true;
  }
  return false;
}

/** Reads what a sandbox calls its result; trusts none of it. */
class ResultReader {
  readonly #call: CodeCall;
  readonly #given: GivenFiles;
  readonly #mayBeDeep: boolean;
  /** @param mayBeDeep false: it is known that nothing of it is too deep */
  constructor(call: CodeCall, given: GivenFiles, mayBeDeep: boolean) {
    this.#call = call;
    this.#given = given;
    this.#mayBeDeep = mayBeDeep;
  }

  read(value: unknown): readonly CodeOutputItem[] {
    if (!Array.isArray(value)) throw invalid('The code returned no list');
    return value.map((one: unknown, index) => this.#item(one, index));
  }

  #item(value: unknown, index: number): CodeOutputItem {
    if (!isJsonObject(value)) throw invalid(`Item ${index} is no object`);
    const { json, from, files } = value;
    if (json === undefined || !isJsonObject(json)) throw invalid(`Item ${index} has no JSON object`);
    if (this.#mayBeDeep && isTooDeep(json, LIMITS.resultDepth))
      throw invalid(`Item ${index} is nested deeper than ${LIMITS.resultDepth} levels`);
    return {
      json,
      ...(from === undefined ? {} : { from: this.#positions(from, index) }),
      ...(files === undefined ? {} : { files: this.#files(files, index) }),
    };
  }

  #positions(from: JsonValue, index: number): readonly number[] {
    const most = this.#call.items.length;
    if (!Array.isArray(from) || from.length > most) throw invalid(`Item ${index} says wrongly where it comes from`);
    return from.map((at: unknown) => {
      if (typeof at !== 'number' || !Number.isInteger(at) || at < 0 || at >= most)
        throw invalid(`Item ${index} comes from item ${String(at)}, which there is none of`);
      return at;
    });
  }

  #files(files: JsonValue, index: number): FileHandles {
    if (!isJsonObject(files)) throw invalid(`The files of item ${index} are no object`);
    for (const [name, handle] of Object.entries(files))
      if (!this.#given.has(handle))
        throw invalid(`The file "${name}" of item ${index} is none that the code was given or made: files pass through unchanged`);
    return files;
  }
}

/**
 * The items that code returned.
 * @param text JSON from the sandbox
 * @param given files that may go out
 * @throws UserError `code_result_invalid`
 */
export function readResult(call: CodeCall, text: string, given: GivenFiles = new GivenFiles(call)): readonly CodeOutputItem[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('The result is not JSON');
  }
  return new ResultReader(call, given, opensMore(text, LIMITS.resultDepth)).read(value);
}
