import type { Outcome } from '@millwright/workflow';
import type { Prepared } from '../nodes/prepared.ts';
import { builtNow, type EarlierItem } from '../nodes/skips.ts';
import type { ItemWork, Stored } from '../nodes/work.ts';
import { decisionIndex, sendAgainOf, tryOf } from '../waits/decision-index.ts';
import { isHold } from '../waits/holds.ts';
import { canRetry } from '../waits/tries.ts';
import { lostSince, newKeysIn } from '../waits/vendor-key.ts';

/** An item of an activation as the ledger knows it when a segment opens. */
export function restored(itemIndex: number, prepared: Prepared, stored: Stored): ItemWork {
  const { activation, node } = prepared;
  const rows = stored.outcomes.filter((one) => one.itemIndex === itemIndex);
  const outcomes = rows.filter((one) => !isHold(one));
  const mine = stored.open.filter((one) => one.itemIndex === itemIndex);
  const open = mine.toSorted((a, b) => b.attempt - a.attempt)[0];
  const earlier = stored.earlier?.item(itemIndex, () => builtNow(prepared, itemIndex));
  const tries = Math.max(earlier?.tries ?? 0, open?.attempt ?? 0, ...rows.map((one) => one.attempt));
  const decided = stored.outcomes.filter((one) => one.itemIndex === decisionIndex(itemIndex));
  const wished = decided.filter((one) => sendAgainOf(one) === 'newKey');
  const sendNo = (earlier?.sendNo ?? 0) + wished.length + newKeysIn(rows);
  const lostSinceMs = lostSince([...rows, ...mine], earlier?.lostSinceMs, wished.map(tryOf));
  const known = { itemIndex, tries, sendNo, ...(lostSinceMs === undefined ? {} : { lostSinceMs }) };
  const hold = rows.find((one) => isHold(one) && one.attempt === tries && !decided.some((answer) => tryOf(answer) >= one.attempt));
  if (hold !== undefined) return { ...known, status: 'asked', hold, ...(open === undefined ? {} : { open }) };
  const last = outcomes.find((one) => one.status === 'done') ?? outcomes.at(-1);
  const out = stored.lost?.includes(itemIndex) === true ? undefined : activation.remote?.find((one) => one.itemIndex === itemIndex);
  if (last === undefined && open === undefined && out === undefined) return takenOver({ ...known, status: 'pending' }, earlier, decided);
  // Each try of the activation leaves one failure per item: with as many as tries, this one is over for it.
  const isOver = last !== undefined && (outcomes.length >= activation.attempt || !canRetry(node, outcomes.length, last));
  // A later try of it may have been sent since: when that is due, its answer is lost.
  const later = open !== undefined && open.attempt > (last?.attempt ?? 0) ? { open } : {};
  if (isOver) return { ...known, status: 'settled', outcome: last, ...later };
  if (out !== undefined) return { ...known, tries: out.attempt - 1, sendNo: out.sendNo ?? 0, status: 'remote', handedOut: out.attempt };
  if (open === undefined || outcomes.some((one) => one.attempt >= open.attempt)) return { ...known, status: 'pending' };
  const again = decided.find((one) => tryOf(one) >= open.attempt);
  return { ...known, status: 'pending', open, ...(again === undefined ? {} : { resend: sendAgainOf(again) }) };
}

/** An item of which this run knows nothing, as earlier ones left it. */
function takenOver(fresh: ItemWork, earlier: EarlierItem | undefined, decided: readonly Outcome[]): ItemWork {
  if (earlier?.outcome !== undefined) return { ...fresh, status: 'settled', outcome: earlier.outcome, isSkipped: true };
  if (earlier?.open === undefined) return fresh;
  const { attempt } = earlier.open;
  const again = decided.find((one) => tryOf(one) >= attempt);
  return { ...fresh, open: earlier.open, ...(again === undefined ? {} : { resend: sendAgainOf(again) }) };
}
