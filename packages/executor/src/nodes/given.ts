import { TransientError } from '@millwright/core';
import type { DataRef, Item, NodeTest, PlanNode, PlanSkeleton } from '@millwright/workflow';
import { byPort, Collected } from './collected.ts';
import type { Computed } from './compute.ts';
import { intendedChange } from './intended.ts';
import type { Pacer } from './pacer.ts';
import { itemAt, overEvent, type NodeContext, type Prepared } from './prepared.ts';
import { toRunError } from './run-error.ts';

/**
 * Whether a dry run only says what a node would do: whatever is not known to leave the world as it is. A program runs: what it wants to
 * change by `fetch` is refused when it is about to leave.
 */
export function isSimulated({ dryRun }: PlanSkeleton, { control, effect }: PlanNode): boolean {
  return dryRun === true && control === null && effect !== 'pure' && effect !== 'read' && effect !== 'code' && effect !== 'wait';
}

/**
 * What a node gives in a test run instead of running.
 * @throws TransientError when a blob cannot be read
 */
export async function given(context: NodeContext, prepared: Prepared, test: Exclude<NodeTest, { how: 'simulated' }>): Promise<Computed> {
  const { nodeId, runIndex } = prepared.activation;
  const outputs: Record<string, DataRef> = {};
  for (const [port, ref] of Object.entries(test.outputs)) {
    const { items } = await context.store.load(ref);
    outputs[port] = { id: ref.id, count: items.length, sizeBytes: ref.sizeBytes };
  }
  const event = { type: 'completed', nodeId, runIndex, outputs } as const;
  return { event, skipped: test.how === 'entered' ? {} : { reason: test.how } };
}

/**
 * A write in a dry run: its parameters are evaluated and listed, none of its code runs, so there is nothing that could send. It gives
 * the sample of its type, or what somebody pinned.
 * @throws TransientError when a blob cannot be read
 */
export async function simulated(
  context: NodeContext,
  prepared: Prepared,
  { pacer, latestMs }: { readonly pacer: Pacer; readonly latestMs: number },
): Promise<Computed> {
  const { node, list, isWhole, parameters, config, activation } = prepared;
  const collected = new Collected();
  const intended: Item[] = [];
  const sample = byPort(node, [{ json: config.test?.how === 'simulated' ? config.test.sample : {} }]);
  let error: ReturnType<typeof toRunError> | null = null;
  for (const itemIndex of isWhole ? [-1] : list.items.keys()) {
    await pacer.pause();
    try {
      intended.push({ json: intendedChange(itemIndex, parameters.at(Math.max(0, itemIndex))) });
      if (isWhole) collected.addWhole(list.items.length, sample);
      else collected.add(itemIndex, sample);
    } catch (thrown) {
      if (thrown instanceof TransientError) throw thrown;
      const told = toRunError(thrown, { nodeId: node.id, itemIndex });
      error ??= told;
      collected.addError(node, told, { itemIndex, inputCount: list.items.length, ...itemAt(list, itemIndex) });
      if (node.onError === 'stop') break;
    }
  }
  const { nodeId, runIndex } = activation;
  const ref = context.store.put(intended, { nodeId, runIndex, port: '~intended', input: null });
  const result = error === null ? await pinnedInstead(context, prepared, collected) : collected;
  const event = overEvent(context, prepared, { collected: result, error, atMs: latestMs, final: false });
  return { event, skipped: { reason: 'simulated', intended: ref } };
}

/** What somebody pinned, where there is something. */
async function pinnedInstead(context: NodeContext, { config: { test }, list }: Prepared, otherwise: Collected): Promise<Collected> {
  if (test?.how !== 'simulated' || test.outputs === undefined) return otherwise;
  const pinned = new Collected();
  for (const [port, ref] of Object.entries(test.outputs))
    pinned.addWhole(list.items.length, { [port]: (await context.store.load(ref)).items });
  return pinned;
}
