import type { LedgerOpened, NodeRunRecord, OpenAttempt, Outcome, Predecessor, RunLedger } from '@millwright/workflow';
import { copied } from './copied.ts';
import type { AttemptRow, RunRow } from './memory-store.ts';

/** What the runs of a chain did, the earlier ones first. */
export function predecessorOf(chain: readonly (AttemptRow & { readonly generation: number })[]): Predecessor {
  const rows = chain.toSorted((a, b) => a.attempt - b.attempt);
  const isAnswered = (row: AttemptRow): boolean =>
    rows.some((one) => isSameKey(one, row) && one.attempt > row.attempt && (one.status === 'done' || one.status === 'failed'));
  const sent = (isMeant: (row: AttemptRow) => boolean): Predecessor['open'] =>
    rows.filter(isMeant).flatMap((one) => toOpen(one, []).map((row) => ({ ...row, generation: one.generation })));
  return {
    outcomes: rows.flatMap((one) => (one.seq > 0 || one.status !== 'unknown' ? { ...toOutcome(one), generation: one.generation } : [])),
    open: sent((one) => !isAnswered(one)),
    superseded: sent(isAnswered),
  };
}

/** Decisions that nothing has taken. */
export function openDecisions(row: RunRow): Pick<LedgerOpened, 'decisions'> {
  const open = [...row.decisions.values()].filter((one) => one.seq === null).map(({ seq: _seq, ...decision }) => copied(decision));
  return open.length === 0 ? {} : { decisions: open };
}

/** Writes how a segment leaves its run. */
export function apply(row: RunRow, end: Parameters<RunLedger['close']>[0]): void {
  row.owner = null;
  if ('ended' in end) {
    row.end = copied(end.ended);
    row.status = end.ended.status;
    row.waitsFor = null;
    if (row.header.save === 'failures' && end.ended.status === 'succeeded') wipe(row);
    return;
  }
  row.status = 'waiting' in end ? 'waiting' : 'running';
  row.waitsFor = 'waiting' in end ? end.waiting.waitsFor : null;
}

/** Takes the data out of node runs; counts stay. */
function wipe(row: RunRow): void {
  const bare = (refs: NodeRunRecord['inputs']): NodeRunRecord['inputs'] =>
    Object.fromEntries(Object.entries(refs).map(([port, { id, count, sizeBytes }]) => [port, { id, count, sizeBytes }]));
  for (const [key, record] of row.nodeRuns)
    row.nodeRuns.set(key, { ...record, inputs: bare(record.inputs), outputs: bare(record.outputs) });
}

/** An outcome as it is read. */
export function toOutcome({ owner: _owner, requestHash: _hash, ...row }: AttemptRow): Outcome {
  return { ...row, status: row.status === 'started' ? 'unknown' : row.status, finishedAtMs: row.finishedAtMs ?? row.startedAtMs };
}

function isSameKey(one: AttemptRow, row: AttemptRow): boolean {
  return one.nodeId === row.nodeId && one.runIndex === row.runIndex && one.itemIndex === row.itemIndex;
}

/** A row whose answer nobody knows, unless a later try of the same key was answered. */
export function toOpen(row: AttemptRow, rows: readonly AttemptRow[]): OpenAttempt[] {
  if (row.requestHash === undefined || (row.status !== 'started' && row.status !== 'unknown')) return [];
  const { seq: _seq, response: _response, timeMs: _timeMs, ...sent } = row;
  const isSettled = rows.some((one) => isSameKey(one, row) && one.status === 'done');
  return isSettled ? [] : [{ ...sent, status: row.status, requestHash: row.requestHash }];
}
