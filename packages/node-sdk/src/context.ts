import type { JsonObject } from '@millwright/core';
import type { Item } from '@millwright/workflow';
import type { CodePort } from './code.ts';
import type { ConnectorPort } from './connector/connector.ts';
import type { HttpPort } from './http.ts';
import type { SocketPort } from './sockets/socket-port.ts';

/** What a node may use while it runs. */
export interface ActionContext<I> {
  /** The parameters: evaluated, checked and typed by the action's `input` schema. */
  readonly input: I;
  /** The item at hand. Absent when the node runs once for the whole list. */
  readonly item: Item | undefined;
  /** All items of the first input port. */
  readonly items: readonly Item[];
  /** Position of `item` in `items`; −1 when the node runs once for the whole list. */
  readonly itemIndex: number;
  readonly http: HttpPort;
  /** Slots for which a credential was chosen. Absent: nobody says. */
  readonly connected?: readonly string[];
  /** Absent unless the node's effect class is `code`. */
  readonly code?: CodePort;
  /** Runs declared actions; absent in processes without the runtime of connectors. */
  readonly connector?: ConnectorPort;
  /** Sessions with servers that do not speak HTTP; absent in processes that open none. */
  readonly sockets?: SocketPort;
  /** Aborted when the answer is no longer wanted: the run was canceled or its time is over. */
  readonly signal: AbortSignal;
  /** The run's time, ms since 1970: the same on every try. Never read a clock instead. */
  readonly nowMs: number;
  /** Same for every try of this write, for services that take it in the body; null when nothing is written. */
  readonly idempotencyKey: string | null;
}

/** What a runner hands to a definition: the context before the parameters are checked. */
export interface NodeInvocation extends Omit<ActionContext<unknown>, 'input'> {
  readonly parameters: JsonObject;
}

const EMITTED = Symbol('emitted');

/** Items per output port, made by `emit`. */
export interface Emitted<O> {
  readonly [EMITTED]: true;
  readonly ports: Readonly<Record<string, readonly EmittedItem<O>[]>>;
}

/** One item that goes out: data, files, and where it came from. */
export interface EmittedItem<O> extends Omit<Item, 'json'> {
  readonly json: O;
}

/** What `run` returns: one item's data, a list of them, or `emit(…)` for ports, files and lineage. */
export type ActionResult<O> = O | readonly O[] | Emitted<O>;

/**
 * Sends items to named ports, with files and lineage where needed.
 * @param ports output port → items
 */
export function emit<O>(ports: Readonly<Record<string, readonly EmittedItem<O>[]>>): Emitted<O> {
  return { [EMITTED]: true, ports };
}

/** Whether a result was made by `emit`. */
export function isEmitted<O>(result: ActionResult<O>): result is Emitted<O> {
  return typeof result === 'object' && result !== null && EMITTED in result;
}
