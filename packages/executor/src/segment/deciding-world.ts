import type { JsonObject } from '@millwright/core';
import type { RunState, SegmentInput, SegmentResult, StoredDecision, WaitKind } from '@millwright/workflow';
import type { ChildStart, ExecutorPorts } from '../ports.ts';
import type { MemoryProcess } from '../testing/memory-ledger.ts';
import { World } from './world.ts';

interface About {
  readonly nodeId: string;
  readonly kind: WaitKind;
  readonly itemIndex?: number;
  readonly attempt?: number;
}

/** A world in which people decide, pause, and other runs are called. */
export class DecidingWorld extends World {
  readonly called: ChildStart[] = [];
  readonly stopped: string[] = [];
  /** What happens when a run is called. */
  onCall: (call: ChildStart) => unknown = () => undefined;
  /** How called runs had ended when they are asked for. */
  ends: Record<string, JsonObject> = {};
  readonly #onPause = new Set<() => void>();
  #onNews: (() => void) | undefined;

  override ports(process: MemoryProcess): ExecutorPorts {
    return {
      ...super.ports(process),
      pauses: { onPause: (_runId, callback) => (this.#onPause.add(callback), () => this.#onPause.delete(callback)) },
      news: { onNews: (_runId, callback) => ((this.#onNews = callback), () => undefined) },
      children: {
        stop: async (_header, runIds) => void this.stopped.push(...runIds),
        start: async (call) => {
          const known = this.called.find((one) => one.runId === call.runId);
          await call.beforeStart();
          if (known === undefined) {
            this.called.push(call);
            this.onCall(call);
          }
          return this.ends[call.runId] ?? null;
        },
      },
    };
  }

  pause(): void {
    this.row.pauseRequested = true;
    for (const callback of this.#onPause) callback();
  }

  decide({ nodeId, kind, itemIndex = -1, attempt = 1 }: About, decision: JsonObject): boolean {
    const token = [this.header.runId, nodeId, 0, kind, itemIndex, attempt].join(':');
    const row: StoredDecision = { token, nodeId, runIndex: 0, itemIndex, attempt, kind, decision, by: 'user_1', atMs: 1 };
    const isFirst = this.store.decide(this.header.runId, row);
    this.#onNews?.();
    return isFirst;
  }

  answer(answer: string, more: JsonObject = {}, attempt = 1): boolean {
    return this.decide({ nodeId: 'w', kind: 'outcome', itemIndex: 0, attempt }, { answer, ...more });
  }

  /** Opens the next segments, as the host does after a wake-up. */
  async wake(before: SegmentResult, atCommit?: number): Promise<SegmentResult> {
    if (before.kind !== 'waiting') throw new Error(`the run does not wait, it is ${before.kind}`);
    const state = JSON.parse(JSON.stringify(before.state)) as RunState;
    let input: SegmentInput = this.input([{}], { state, segment: 2 });
    let { executor } = this.process(atCommit === undefined ? undefined : { atCommit, isStored: true });
    for (let i = 0; i < 20; i++) {
      const result = await executor.runSegment(input).catch(() => null);
      if (result === null) executor = this.process().executor;
      else if (result.kind !== 'more') return result;
      else input = { ...input, state: result.state, segment: input.segment + 1 };
    }
    throw new Error('it goes on for ever');
  }

  /** Numbers of outcomes, which have no gap. */
  get numbers(): readonly number[] {
    return [...this.row.attempts.values()]
      .map((one) => one.seq)
      .filter((seq) => seq > 0)
      .toSorted((a, b) => a - b);
  }
}
