import type { JsonObject } from '@millwright/core';
import type { Item } from '@millwright/workflow';

/** What a node over whole lists works with. */
export interface ListsCall {
  /** Wired input ports, in the node type's order. */
  readonly ports: readonly string[];
  /** Arrived lists by input port, and remembered lists by their names, which no port has. */
  readonly lists: Readonly<Record<string, readonly Item[]>>;
  /** What the node remembers beside lists; null when it remembers nothing. */
  readonly facts: JsonObject | null;
  /** Further arrivals wait at the same port. */
  readonly more: boolean;
  /**
   * Evaluated for the first item of the first list that has some.
   * @throws ExpressionError naming the field
   */
  readonly parameters: () => JsonObject;
}

/** One item that leaves, and where it came from. */
export interface Given {
  /** Output port. */
  readonly port: string;
  readonly item: Item;
  /** Positions by name of the list. */
  readonly from: Readonly<Record<string, readonly number[]>>;
}

/** A stretch of a list, handed on unchanged. */
export interface Part {
  /** Name of the list; one that is not there is empty. */
  readonly of: string;
  /** First position. Default 0. */
  readonly start?: number;
  /** Position after the last. Default: to the end. */
  readonly end?: number;
}

/** What a node over whole lists comes to. */
export interface ListsEnd {
  /** Output port → stretches one after the other, after the items that were given one by one. */
  readonly outputs?: Readonly<Record<string, readonly Part[]>>;
  /** What it remembers from now on; null forgets. Absent: as it was. */
  readonly memory?: { readonly lists: Readonly<Record<string, readonly Part[]>>; readonly facts: JsonObject } | null;
  /** It got on with its items: the limit of node runs counts anew. */
  readonly progress?: true;
}

/** Works on whole lists and gives items one by one; `undefined` is a good moment for a pause. */
export type ListsRun = (call: ListsCall) => Generator<Given | undefined, ListsEnd, void>;
