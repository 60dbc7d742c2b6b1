import { canonicalJson, type JsonValue } from '@millwright/core';
import type { CodeCall, CodeData, CodeItem } from './types.ts';

/** Handles that code may read and hand on: those that it was given, and those of files that it made. */
export class GivenFiles {
  readonly #call: CodeCall;
  readonly #made: string[] = [];
  /** Made when first asked: most code has no files. */
  #known: Set<string> | undefined;

  constructor(call: CodeCall) {
    this.#call = call;
  }

  /** Whether a handle is, to the letter, one of them. */
  has(handle: JsonValue): boolean {
    this.#known ??= this.#all();
    return this.#known.has(canonicalJson(handle));
  }

  /** A file that the code made. */
  add(handle: JsonValue): void {
    const text = canonicalJson(handle);
    this.#made.push(text);
    this.#known?.add(text);
  }

  #all(): Set<string> {
    const known = new Set(this.#made);
    const { nodes = {} } = this.#call.data as CodeData;
    handlesOf(this.#call.items, known);
    for (const { items } of Object.values(nodes)) handlesOf(items, known);
    return known;
  }
}

function handlesOf(items: readonly CodeItem[], into: Set<string>): void {
  for (const { files } of items) for (const handle of Object.values(files ?? {})) into.add(canonicalJson(handle));
}
