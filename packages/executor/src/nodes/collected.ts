import { isJsonObject } from '@millwright/core';
import type { Item, PlanNode, RunError } from '@millwright/workflow';
import { markedFrom, markedWhole } from '../items/lineage.ts';
import type { NodeOutcome } from '../ports.ts';
import { errorJson } from './run-error.ts';

/** Lists by output port. */
export type ItemsByPort = Readonly<Record<string, readonly Item[]>>;

/** The port that a plain list goes to. */
function firstPort(node: PlanNode): string {
  return 'main' in node.outputs ? 'main' : (Object.keys(node.outputs)[0] ?? 'main');
}

/** What a node returned, by port. */
export function byPort(node: PlanNode, items: NodeOutcome['items']): ItemsByPort {
  return isList(items) ? { [firstPort(node)]: items } : items;
}

function isList(items: NodeOutcome['items']): items is readonly Item[] {
  return Array.isArray(items);
}

/** What failed; `port`: where its error goes when the run goes on. Default, and where the node has no such port: the first. */
interface FailedItem {
  readonly itemIndex: number;
  /** Items of its list, all of which a call for the whole list was about. */
  readonly inputCount: number;
  readonly item?: Item;
  readonly port?: string | undefined;
}

/** An item that comes from all of so many. */
function ofAll(item: Item, inputCount: number): Item {
  return markedWhole(item, { inputCount, outputCount: 1 });
}

function portOf(node: PlanNode, { port }: FailedItem): string {
  return port !== undefined && port in node.outputs ? port : firstPort(node);
}

/** The output of one activation while it comes together, in the order of its input. */
export class Collected {
  readonly #ports: Record<string, Item[]> = {};

  /** What one input item led to. */
  add(itemIndex: number, ports: ItemsByPort): void {
    for (const [port, items] of Object.entries(ports)) {
      const list = this.#port(port);
      for (const item of items) list.push(markedFrom(item, itemIndex, list.length));
    }
  }

  /** The same for one item at one port. */
  addOne(itemIndex: number, port: string, item: Item): void {
    const list = this.#port(port);
    list.push(markedFrom(item, itemIndex, list.length));
  }

  /** What a call for a whole list of `inputCount` items gave. */
  addWhole(inputCount: number, ports: ItemsByPort): void {
    for (const [port, items] of Object.entries(ports)) {
      const list = this.#port(port);
      for (const item of items) list.push(markedWhole(item, { inputCount, outputCount: items.length }));
    }
  }

  /** The item that stands for a failed one, where the node's errors do not stop the run. */
  addError(node: PlanNode, error: RunError, failed: FailedItem): void {
    const told = errorJson(error);
    const data = failed.item?.json;
    const mark = (item: Item): Item => (failed.itemIndex < 0 ? ofAll(item, failed.inputCount) : item);
    const from = Math.max(0, failed.itemIndex);
    if (node.onError === 'branch')
      this.add(from, { error: [mark({ json: { ...(isJsonObject(data) ? data : {}), error: told }, error: told })] });
    else if (node.onError === 'continue') this.add(from, { [portOf(node, failed)]: [mark({ json: { error: told } })] });
  }

  /** Every declared port, the error port only when it has items; one empty item where the node always gives something. */
  finished(node: PlanNode, inputCount: number): ItemsByPort {
    const finished: Record<string, readonly Item[]> = {};
    for (const port of Object.keys(node.outputs)) if (port !== 'error' || node.onError !== 'branch') finished[port] = [];
    Object.assign(finished, this.#ports);
    // What a filter leaves out does not count as given.
    const counted = 'main' in node.outputs ? ['main', 'error'] : Object.keys(finished);
    const isEmpty = counted.every((port) => (finished[port]?.length ?? 0) === 0);
    return isEmpty && node.alwaysOutput ? { ...finished, [firstPort(node)]: [ofAll({ json: {} }, inputCount)] } : finished;
  }

  #port(port: string): Item[] {
    return (this.#ports[port] ??= []);
  }
}
