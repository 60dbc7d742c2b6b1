import { repeatedNodes } from '@millwright/engine';
import type { EngineEvent } from '@millwright/engine/advance';
import type { Activation, Outcome, SegmentInput } from '@millwright/workflow';
import { placeOf } from '../nodes/place.ts';
import { prepare, type NodeContext, type Prepared } from '../nodes/prepared.ts';
import { keyIndexOf, type Earlier, type Skips } from '../nodes/skips.ts';
import type { UntakenOutcome } from '../segment/call.ts';
import { isDecision } from '../waits/decision-index.ts';
import { TIMER_INDEX } from '../waits/timer-index.ts';

/** How a resumed run takes over what the runs before it did; for any other run it changes nothing. */
export class Inheritance {
  readonly #input: SegmentInput;
  readonly #skips: Skips;
  readonly #context: NodeContext;
  readonly #apply: (event: EngineEvent) => void;
  /** Nodes that may run several times. */
  #repeated: ReadonlySet<string> | undefined;

  constructor(parts: {
    readonly input: SegmentInput;
    readonly skips: Skips;
    readonly context: NodeContext;
    readonly apply: (event: EngineEvent) => void;
  }) {
    this.#input = parts.input;
    this.#skips = parts.skips;
    this.#context = parts.context;
    this.#apply = parts.apply;
  }

  /** When the run's time begins: where that of the first run did. */
  get beginsAtMs(): number {
    const { state, openedAtMs } = this.#input;
    return (state === null ? this.#skips.beganAtMs : undefined) ?? openedAtMs;
  }

  /** The timer that fired for a wait in an earlier run. */
  timer({ nodeId, runIndex }: Activation): Outcome | undefined {
    return this.#skips.timer(nodeId, runIndex);
  }

  /** Where a resumed run first does something of its own, it leaves the time of the run before. */
  goLive(): void {
    const { state, header, openedAtMs } = this.#input;
    if (state === null && header.resumes !== undefined && this.#context.state().timeMs < openedAtMs)
      this.#apply({ type: 'time', timeMs: openedAtMs });
  }

  /** An outcome as it is stored: with the run's time, and after the tries that earlier runs made. */
  placed(outcome: UntakenOutcome): UntakenOutcome {
    const { nodeId, runIndex, itemIndex } = outcome;
    const { active, timeMs } = this.#context.state();
    const begun = active.find((one) => one.nodeId === nodeId && one.runIndex === runIndex);
    const atMs = outcome.atMs ?? begun?.atMs;
    // A row of an earlier run is never written again; decisions about its tries come after them.
    const tries = this.#skips.triesOf({ nodeId, runIndex: outcome.keyIndex ?? begun?.keyIndex ?? runIndex, itemIndex });
    const isAfter = itemIndex === TIMER_INDEX || isDecision(outcome);
    const attempt = isAfter ? outcome.attempt + tries : Math.max(outcome.attempt, tries + 1);
    return { ...outcome, ...(begun === undefined ? {} : keyIndexOf(begun)), attempt, ...(atMs === undefined ? {} : { atMs }), timeMs };
  }

  /** An activation as earlier runs began it: with their place in the ledger, and the time that their requests were built with. */
  async open(activation: Activation): Promise<{ readonly prepared: Prepared; readonly earlier: Earlier | undefined }> {
    const { state, header, openedAtMs } = this.#input;
    const { nodeId, runIndex } = activation;
    const isKnown = state?.active.some((one) => one.nodeId === nodeId && one.runIndex === runIndex && wasOpened(one)) === true;
    if (header.resumes === undefined || isKnown)
      return { prepared: await prepare(this.#context, activation), earlier: this.#skips.of(nodeId, activation.keyIndex ?? runIndex) };
    const place = await this.#place(activation);
    const earlier = this.#skips.of(nodeId, place.keyIndex ?? activation.keyIndex ?? runIndex);
    if (earlier === undefined) this.goLive();
    const atMs = (earlier === undefined && state === null ? Math.max(activation.atMs, openedAtMs) : earlier?.atMs) ?? activation.atMs;
    this.#apply({ type: 'time', timeMs: this.#context.state().timeMs, of: { nodeId, runIndex, atMs, ...place } });
    return { prepared: await prepare(this.#context, { ...activation, atMs, ...place }), earlier };
  }

  async #place(activation: Activation): Promise<{ readonly keyIndex?: number }> {
    const { nodeId } = activation;
    const { skeleton, header } = this.#input;
    this.#repeated ??= repeatedNodes(skeleton);
    // What undoes a section has the section's place.
    if (activation.keyIndex !== undefined || !this.#repeated.has(nodeId) || this.#skips.indexesOf(nodeId).length === 0) return {};
    const keyIndex = await placeOf({
      skips: this.#skips,
      activation,
      taken: this.#context.state().inherited?.[nodeId] ?? [],
      isEdited: header.resumes?.onChanged !== undefined,
      prepareAt: (place) => prepare(this.#context, { ...activation, ...place }),
    });
    return { keyIndex };
  }
}

/**
 * Whether an earlier segment opened it: then it has its place and its time. One that waited there for its turn, or for a pause to end,
 * has neither yet.
 */
function wasOpened({ status, since, remote }: Activation): boolean {
  return status === 'waiting' || since !== undefined || remote !== undefined;
}
