import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { DataRef, Item, OpenAttempt, RunError, StoredDecision } from '@millwright/workflow';
import { byPort } from '../nodes/collected.ts';
import { decisionIndex, wantedAgain, type SendAgain } from './decision-index.ts';
import type { NodeContext } from '../nodes/prepared.ts';
import type { Work } from '../nodes/work.ts';
import type { UntakenOutcome } from '../segment/call.ts';
import type { Host } from '../segment/host.ts';
import { TIMER_INDEX } from './timer-index.ts';

/** What a run takes: of what is decided about something else it says nothing. */
const TAKEN: ReadonlySet<StoredDecision['kind']> = new Set(['outcome', 'retry', 'child', 'credential'] as const);

/** An outcome that somebody decided. */
type DecidedOutcome = UntakenOutcome & { readonly token: string };

/** What was decided about a run when its segment opened, until it is taken in the run's order (durability.md §5). */
export class Decisions {
  readonly #host: Host;
  readonly #taken = new Set<string>();
  #left: readonly StoredDecision[];

  constructor(host: Host, decisions: readonly StoredDecision[]) {
    this.#host = host;
    this.#left = decisions;
  }

  /**
   * The first that fits what the run waits for; undefined when none does.
   * @throws TransientError when what a called run gave cannot be read
   */
  async take(): Promise<DecidedOutcome | undefined> {
    for (const one of this.#left) {
      const outcome = await this.#fits(one);
      if (outcome === undefined) continue;
      this.#taken.add(one.token);
      this.#left = this.#left.filter((other) => other !== one);
      return { ...outcome, token: one.token };
    }
    return undefined;
  }

  /** Those that are stored now; what was taken here may be among them. */
  renew(stored: readonly StoredDecision[]): void {
    this.#left = stored.filter(({ token }) => !this.#taken.has(token));
  }

  /** Those that came too late: what they are about has gone on without them. Asked when everything waits. */
  stale(): readonly string[] {
    const { counts } = this.#host.state;
    return this.#left.filter(({ kind, nodeId, runIndex }) => TAKEN.has(kind) && (counts[nodeId] ?? 0) > runIndex).map(({ token }) => token);
  }

  async #fits(one: StoredDecision): Promise<UntakenOutcome | undefined> {
    if (one.kind === 'retry') return this.#hurried(one);
    const work = this.#host.works.get(`${one.nodeId}:${one.runIndex}`);
    const { open, hold } = work?.find(one.itemIndex) ?? {};
    if (one.kind === 'credential') return hold?.attempt === one.attempt ? again(one, hold, 'sameKey') : undefined;
    if (work === undefined || open === undefined || open.attempt !== one.attempt) return undefined;
    if (one.kind === 'child') return childEnd(one, open, { work, items: await itemsOfChild(this.#host.context, one.decision) });
    return one.kind === 'outcome' ? answered(one, open, work) : undefined;
  }

  #hurried({ nodeId, runIndex, attempt, atMs }: StoredDecision): UntakenOutcome | undefined {
    const waiting = this.#host.state.active.find((one) => one.nodeId === nodeId && one.runIndex === runIndex);
    const kind = waiting?.status === 'waiting' ? waiting.waitsFor?.kind : undefined;
    if (waiting === undefined || waiting.attempt !== attempt || (kind !== 'retry' && kind !== 'timer')) return undefined;
    const at = { startedAtMs: waiting.atMs, finishedAtMs: Math.max(waiting.atMs, atMs) };
    return { nodeId, runIndex, itemIndex: TIMER_INDEX, attempt, class: 'wait', status: 'done', ...at };
  }
}

/**
 * What a called run gave.
 * @throws TransientError when the blob store is away
 */
export async function itemsOfChild({ header, ports }: NodeContext, decision: JsonObject): Promise<readonly Item[]> {
  const ref = decision['items'] as unknown as DataRef | null | undefined;
  if (ref === null || ref === undefined) return [];
  return ref.inline ?? (ref.blobId === undefined ? [] : ports.blobs.get(header, ref.blobId));
}

/** What a decision says of the try that it is about. */
type Tried = Pick<OpenAttempt, 'attempt' | 'class' | 'startedAtMs' | 'configHash' | 'inputHash'>;

function base({ nodeId, runIndex, itemIndex, atMs }: StoredDecision, open: Tried) {
  const { attempt, startedAtMs, configHash, inputHash } = open;
  const built = { ...(configHash === undefined ? {} : { configHash }), ...(inputHash === undefined ? {} : { inputHash }) };
  return { nodeId, runIndex, itemIndex, attempt, class: open.class, ...built, startedAtMs, finishedAtMs: Math.max(startedAtMs, atMs) };
}

/** The call of an item is to be made once more. */
function again(one: StoredDecision, tried: Tried, how: SendAgain): UntakenOutcome {
  const place = { ...base(one, tried), itemIndex: decisionIndex(one.itemIndex) };
  return { ...place, class: 'wait', status: 'done', response: wantedAgain(how, tried.attempt) };
}

/** What a person said about a lost answer. */
function answered(one: StoredDecision, open: OpenAttempt, { prepared }: Work): UntakenOutcome {
  const { answer, response } = one.decision;
  const { nodeId, itemIndex } = one;
  switch (answer) {
    case 'done': {
      const json: JsonValue = response ?? {};
      return { ...base(one, open), status: 'done', response: byPort(prepared.node, [{ json }]) as unknown as JsonValue };
    }
    case 'sendAgain':
      return again(one, open, 'sameKey');
    case 'sendAgainAsNew':
      return again(one, open, 'newKey');
    default: {
      const error: RunError = {
        code: 'not_done',
        message: 'Somebody looked and found that it was not done.',
        hint: 'Resume the run: it is sent again then.',
        nodeId,
        kind: 'transient',
      };
      return { ...base(one, open), status: 'failed', error: itemIndex < 0 ? error : { ...error, itemIndex } };
    }
  }
}

/** How a called run ended, as the outcome of the call. */
export function endOfChild(decision: JsonObject): RunError | null {
  const { status, runId, error } = decision;
  if (status === 'succeeded') return null;
  const told = isJsonObject(error) && typeof error['message'] === 'string' ? error['message'] : undefined;
  // However deep it happened, that a called run failed is said once.
  const isPassedOn = told !== undefined && isJsonObject(error) && error['code'] === 'child_failed';
  return {
    code: 'child_failed',
    message:
      status === 'canceled'
        ? 'The called run was canceled.'
        : isPassedOn
          ? told
          : `The called run failed: ${told ?? 'its history says why'}`,
    hint: 'Open the called run to see what happened.',
    ...(status === 'canceled' ? {} : { kind: 'transient' }),
    ...(typeof runId === 'string' ? { runId } : {}),
  };
}

function childEnd(
  one: StoredDecision,
  open: OpenAttempt,
  { work, items }: { readonly work: Work; readonly items: readonly Item[] },
): UntakenOutcome {
  const { nodeId, itemIndex } = one;
  const error = endOfChild(one.decision);
  if (error === null) return { ...base(one, open), status: 'done', response: byPort(work.prepared.node, items) as unknown as JsonValue };
  return { ...base(one, open), status: 'failed', error: { ...error, nodeId, ...(itemIndex < 0 ? {} : { itemIndex }) } };
}
