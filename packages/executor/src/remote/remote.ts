import type { LedgerOpened, OpenAttempt, Outcome, PlanNode, RemoteCall, RunHeader, RunState, SegmentInput } from '@millwright/workflow';
import type { NodeContext } from '../nodes/prepared.ts';
import { keyIndexOf } from '../nodes/skips.ts';
import type { Work } from '../nodes/work.ts';
import type { ExecutorPorts } from '../ports.ts';
import type { UntakenOutcome } from '../segment/call.ts';
import { isTakenBack } from '../segment/not-sent.ts';

/** A node that may take longer than this never runs inside a segment. */
const LONGEST_LOCAL_MS = 10 * 60_000;

/** Whether the next call of a node is handed out, to run as an activity of its own (durability.md §4). */
export function isRemote(ports: ExecutorPorts, { planHash }: RunHeader, node: PlanNode): boolean {
  const { remote = 'auto', callsFor, callTimes } = ports;
  if (callsFor === undefined || remote === 'never' || node.effect === 'child') return false;
  if (remote === 'always' || node.slow === true || node.timeoutMs > LONGEST_LOCAL_MS) return true;
  return callTimes?.isSlow(planHash, node.id) === true;
}

/** The calls that are out. */
function callsOut(works: Iterable<Work>): readonly RemoteCall[] {
  return [...works].flatMap((work) => {
    const { nodeId, runIndex } = work.prepared.activation;
    return work.remote.map((item) => ({ nodeId, runIndex, ...item }));
  });
}

/** The state with what is out noted at its activations, and the same for the host. */
export function withRemote(
  state: RunState,
  works: ReadonlyMap<string, Work>,
): { readonly state: RunState; readonly out: { readonly remote?: readonly RemoteCall[] } } {
  const active = state.active.map(({ remote: _earlier, ...activation }) => {
    const remote = works.get(`${activation.nodeId}:${activation.runIndex}`)?.remote ?? [];
    return remote.length === 0 ? activation : { ...activation, remote };
  });
  const remote = callsOut(works.values());
  return { state: { ...state, active }, out: remote.length === 0 ? {} : { remote } };
}

/** Nothing goes on by itself but timers: everything waits, or is out. */
export function isIdle(state: RunState, works: ReadonlyMap<string, Work>): boolean {
  return state.active.every((one) => one.status !== 'running' || works.get(`${one.nodeId}:${one.runIndex}`)?.isOut === true);
}

function isOf(call: RemoteCall, row: Pick<Outcome, 'nodeId' | 'runIndex' | 'itemIndex' | 'attempt'>): boolean {
  return row.nodeId === call.nodeId && row.runIndex === call.runIndex && row.itemIndex === call.itemIndex && row.attempt >= call.attempt;
}

/** Calls whose activity ended without leaving how they went. */
export function lostCalls(over: readonly RemoteCall[] | undefined, { outcomes, open }: LedgerOpened): readonly RemoteCall[] {
  return (over ?? []).filter(
    (call) =>
      !outcomes.some((one) => isOf(call, one) && !isTakenBack(one)) && !open.some((one) => one.status === 'unknown' && isOf(call, one)),
  );
}

/** What came of calls that left no answer: unknown where something was sent, nothing where nothing was. */
export function withoutAnswer(
  { context, works }: { readonly context: NodeContext; readonly works: ReadonlyMap<string, Work> },
  opened: LedgerOpened,
  { state, remoteOver }: Pick<SegmentInput, 'state' | 'remoteOver'>,
): readonly UntakenOutcome[] {
  const unknown = callsOut(works.values()).flatMap((call) => {
    const row = opened.open.filter((one) => one.status === 'unknown' && isOf(call, one)).toSorted((a, b) => b.attempt - a.attempt)[0];
    return row === undefined || isNumbered(row, opened) ? [] : [unknownOutcome(row)];
  });
  const nothing = lostCalls(remoteOver, opened)
    .filter((call) => !opened.open.some((one) => isOf(call, one)))
    .map((call) => ({ ...nothingSent(context, call), ...begunIn(state, call) }));
  return [...unknown, ...nothing];
}

/** Where and when the node run of a call was begun, which may be over by now: what is stored of it must not stand in another one's place. */
function begunIn(state: RunState | null, { nodeId, runIndex }: RemoteCall): Pick<UntakenOutcome, 'keyIndex' | 'atMs'> {
  const begun = state?.active.find((one) => one.nodeId === nodeId && one.runIndex === runIndex);
  return begun === undefined ? {} : { ...keyIndexOf(begun), atMs: begun.atMs };
}

/** A try of this segment took it: of a canceled run it is not taken again, and keeps its number. */
function isNumbered(row: OpenAttempt, { outcomes }: LedgerOpened): boolean {
  return outcomes.some((one) => one.seq > 0 && isOf(row, one) && one.attempt === row.attempt);
}

function unknownOutcome({ owner: _owner, requestHash: _hash, ...row }: OpenAttempt): UntakenOutcome {
  return { ...row, status: 'unknown', finishedAtMs: row.finishedAtMs ?? row.startedAtMs };
}

/** Code of what came of a remote call that ended without leaving anything. */
export const REMOTE_LOST = 'remote_lost';

/** Not in the ledger means not sent. */
function nothingSent(context: NodeContext, call: RemoteCall): UntakenOutcome {
  const { effect } = context.node(call.nodeId);
  const atMs = context.nowMs();
  const { nodeId, runIndex, itemIndex, attempt } = call;
  return {
    nodeId,
    runIndex,
    itemIndex,
    attempt,
    class: effect,
    status: effect === 'read' ? 'failed' : 'notSent',
    error: {
      code: REMOTE_LOST,
      message: 'The call ended without a result.',
      hint: 'Nothing was changed by it. Run the workflow again; if it happens often, look at the log of the workers.',
      nodeId: call.nodeId,
      itemIndex: call.itemIndex,
      kind: 'transient',
    },
    startedAtMs: atMs,
    finishedAtMs: atMs,
  };
}
