import { loopContext } from '@millwright/engine';
import { countOf, keyIn, type EngineEvent } from '@millwright/engine/advance';
import type {
  Activation,
  DataRef,
  Item,
  PlanNode,
  PlanNodeConfig,
  PlanSkeleton,
  RunError,
  RunHeader,
  RunState,
} from '@millwright/workflow';
import { firstOf, type ItemList } from '../items/item-list.ts';
import type { ItemStore } from '../items/item-store.ts';
import type { ExecutorPorts } from '../ports.ts';
import { plainParameters } from '../programs/plain-parameters.ts';
import { chanceOf } from './chance.ts';
import type { Collected } from './collected.ts';
import { isWhole, mentionsPrevious, Parameters } from './parameters.ts';
import type { ReadNode } from './scope.ts';

/** What nodes run in. */
export interface NodeContext {
  readonly header: RunHeader;
  readonly skeleton: PlanSkeleton;
  readonly ports: ExecutorPorts;
  readonly store: ItemStore;
  readonly state: () => RunState;
  readonly node: (id: string) => PlanNode;
  /** The clock, but never before the time at which the segment opened by Temporal's. */
  readonly nowMs: () => number;
  /** Aborted when the run is canceled. */
  readonly signal: AbortSignal;
}

/** An activation with everything that it needs. */
export interface Prepared {
  readonly activation: Activation;
  readonly node: PlanNode;
  readonly config: PlanNodeConfig;
  /** Items of the first input port that has some; only the first one where the node says so. */
  readonly list: ItemList;
  readonly parameters: Parameters;
  /** One call for the whole list. */
  readonly isWhole: boolean;
}

/** @throws TransientError when a plan or blob cannot be read */
export async function prepare(context: NodeContext, activation: Activation): Promise<Prepared> {
  const { header, skeleton, ports, store } = context;
  const node = context.node(activation.nodeId);
  const config = await ports.plans.config(header.workspaceId, skeleton.planHash, node.id);
  const full = await inputOf(context, activation, node);
  const list = node.executeOnce ? firstOf(full) : full;
  const nodes = await Promise.all(node.refs.map((id) => readNode(context, id, activation.scope)));
  const isNeeded = mentionsPrevious(config) && skeleton.nodes.some(({ id }) => id === list.nodeId);
  const previous = isNeeded ? await readNode(context, list.nodeId, activation.scope) : undefined;
  const parameters = new Parameters(config, { header, skeleton, activation, list, nodes, previous, find: (id) => store.find(id) });
  return {
    activation,
    node,
    config,
    list,
    parameters,
    isWhole: isWholeCall(node, config),
  };
}

/** One call for the whole list; programs whose items must fail one by one have a call for each. */
function isWholeCall({ effect, onError }: PlanNode, config: PlanNodeConfig): boolean {
  const { mode } = config.parameters;
  if (effect === 'code' && mode === 'each' && onError !== 'stop') return false;
  return isWhole(config) || (effect === 'child' && mode === 'list');
}

async function inputOf({ store }: NodeContext, activation: Activation, node: PlanNode): Promise<ItemList> {
  const loaded = await Promise.all(Object.values(activation.inputs).map((ref) => store.load(ref)));
  const first = node.inputs.map(({ port }) => activation.inputs[port]?.id).find((id) => id !== undefined);
  return loaded.find((list) => list.id === first) ?? { id: '', nodeId: '', items: [{ json: {} }], origins: new Map() };
}

/** What a node gave last in this scope instance, else in the ones around it. */
async function readNode(context: NodeContext, id: string, scope: string | undefined): Promise<ReadNode> {
  const { header, skeleton, ports, store } = context;
  const state = context.state();
  const { outputs, scopes = [] } = state;
  const around = [scope];
  for (let at = scope; at !== undefined;) {
    at = scopes.find((one) => one.id === at)?.parent;
    around.push(at);
  }
  const refs = around.map((one) => outputs[keyIn(id, one)]).find((found) => found !== undefined);
  const config = await ports.plans.config(header.workspaceId, skeleton.planHash, id);
  const { name, test } = config;
  const kept = around.map((one) => state.memory?.[keyIn(id, one)]).find((found) => found !== undefined);
  // In a test run of a part, what is read need not be a node of the plan.
  const isLoop = skeleton.nodes.find((one) => one.id === id)?.control === 'loop' && countOf(state, id) > 0;
  const facts = { id, name, params: () => plainParameters(config), context: () => (isLoop ? loopContext(kept) : {}) };
  // What a test run takes from before is there from the start on.
  if (refs === undefined && test !== undefined && test.how !== 'simulated' && test.how !== 'notTaken')
    return { ...facts, lists: await Promise.all(Object.values(test.outputs).map((ref) => store.load(ref))), isSingle: true };
  const lists = refs === undefined ? null : await Promise.all(Object.values(refs).map((ref) => store.load(ref)));
  return { ...facts, lists, isSingle: countOf(state, id) === 1 };
}

/** The handles of what an activation gave. */
function outputsOf(context: NodeContext, { activation, node, list }: Prepared, collected: Collected): Readonly<Record<string, DataRef>> {
  const { nodeId, runIndex } = activation;
  const input = node.inputs.length > 1 ? null : list;
  const outputs: Record<string, DataRef> = {};
  for (const [port, items] of Object.entries(collected.finished(node, list.items.length)))
    outputs[port] = context.store.put(items, { nodeId, runIndex, port, input });
  return outputs;
}

/** What happened when an activation is over: with errors it failed, whatever the rest gave. */
export interface Over {
  readonly collected: Collected;
  readonly error: RunError | null;
  /** Ms since 1970. */
  readonly atMs: number;
  /** Another try could repeat an effect. */
  readonly final: boolean;
  readonly seq?: number;
}

/** The event that tells the engine. */
export function overEvent(context: NodeContext, prepared: Prepared, over: Over): EngineEvent {
  const { nodeId, runIndex, attempt } = prepared.activation;
  const seq = over.seq === undefined ? {} : { seq: over.seq };
  const { error, atMs, final } = over;
  if (error === null) return { type: 'completed', nodeId, runIndex, outputs: outputsOf(context, prepared, over.collected), ...seq };
  const fallback = prepared.node.onError === 'stop' ? {} : outputsOf(context, prepared, over.collected);
  return {
    type: 'failed',
    nodeId,
    runIndex,
    error,
    atMs,
    final,
    chance: chanceOf(context.header.runId, nodeId, runIndex, attempt),
    fallback,
    ...seq,
  };
}

/** The item at hand, absent for a call for the whole list. */
export function itemAt(list: ItemList, itemIndex: number): { item?: Item } {
  const item = list.items[itemIndex];
  return item === undefined ? {} : { item };
}
