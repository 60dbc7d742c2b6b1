import type { Activation } from '@millwright/workflow';
import type { Prepared } from './prepared.ts';
import { builtNow, type Skips } from './skips.ts';

/** What makes parameters differ from node run to node run though their input is the same. */
const PER_NODE_RUN = /random|uuid|runindex/i;

/** What finding the place of a node run needs. */
export interface PlaceParts {
  readonly skips: Skips;
  readonly activation: Activation;
  /** Places that other node runs of this run have. */
  readonly taken: readonly number[];
  /** Somebody said what becomes of what would be something else now. */
  readonly isEdited: boolean;
  /** The activation as it would be there. */
  readonly prepareAt: (place: { readonly keyIndex: number; readonly atMs: number }) => Promise<Prepared>;
}

/**
 * The place in ledger keys of a node that may run several times: which node run gets which number depends on when answers came, and in
 * the run before they came otherwise. So a node run takes the place of one that had the same input; of equal ones any will do, and none
 * is taken twice. Where there is none, it is new, and gets a place that no row has.
 */
export async function placeOf({ skips, activation, taken, isEdited, prepareAt }: PlaceParts): Promise<number> {
  const { nodeId, runIndex } = activation;
  const known = skips.indexesOf(nodeId);
  const free = known.filter((index) => !taken.includes(index));
  const inOrder = [...free.filter((index) => index === runIndex), ...free.filter((index) => index !== runIndex)];
  const inputs = new Map<string, readonly (string | undefined)[]>();
  for (const keyIndex of inOrder) {
    const atMs = skips.of(nodeId, keyIndex)?.atMs ?? activation.atMs;
    const hashes = inputs.get(`${atMs}`) ?? (await inputsAt(() => prepareAt({ keyIndex, atMs }), inputs, `${atMs}`));
    const isFit = hashes.some(
      (hash, at) => hash !== undefined && isSame(skips, { nodeId, runIndex: keyIndex, at, count: hashes.length }, hash),
    );
    if (isFit) return keyIndex;
  }
  const isUntold = free.includes(runIndex) && (isEdited || !skips.saysInput(nodeId, runIndex));
  return isUntold ? runIndex : Math.max(...known) + 1 + runIndex;
}

function isSame(
  skips: Skips,
  { nodeId, runIndex, at, count }: { readonly nodeId: string; readonly runIndex: number; readonly at: number; readonly count: number },
  hash: string,
): boolean {
  return skips.isFit({ nodeId, runIndex, itemIndex: at }, hash) || (count === 1 && skips.isFit({ nodeId, runIndex, itemIndex: -1 }, hash));
}

/** Hashes of the input, item by item; kept where they are the same for every place. */
async function inputsAt(
  prepareHere: () => Promise<Prepared>,
  kept: Map<string, readonly (string | undefined)[]>,
  key: string,
): Promise<readonly (string | undefined)[]> {
  const prepared = await prepareHere();
  const count = prepared.isWhole ? 1 : prepared.list.items.length;
  const hashes = Array.from({ length: count }, (_, index) => builtNow(prepared, prepared.isWhole ? -1 : index)?.inputHash);
  if (!PER_NODE_RUN.test(JSON.stringify(prepared.config.parameters))) kept.set(key, hashes);
  return hashes;
}
