import { TransientError, UserError, type JsonObject, type RunId } from '@millwright/core';
import type { ChildStart } from '@millwright/executor';
import type { RunRow } from '@millwright/executor/testing';
import type { RunHeader } from '@millwright/workflow';
import type { Life } from './server.ts';
import type { World } from './world.ts';

/** Runs that runs call, as the server starts and ends them. */
export class Children {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Starts a run once. @returns how it had ended, where its caller is another than the one that it told */
  async start(life: Life, call: ChildStart): Promise<JsonObject | null> {
    const world = this.#world;
    const { header, runId, parent } = call;
    await life.wait();
    const begun = world.rowOf(runId);
    if (begun !== undefined) {
      await call.beforeStart();
      if (begun.header.parent?.runId === header.runId) return null;
      if (!parent.waits || begun.end !== null) return endOf(begun);
      world.cancel(runId);
      throw new TransientError({ code: 'call_stopping', message: 'the run that was called before has not stopped yet' });
    }
    const resumes = this.#resumed(call);
    await call.beforeStart();
    await life.point('before a run is called');
    const { resumes: _own, parent: _caller, ...shared } = header;
    world.begin(
      {
        ...shared,
        runId,
        workflowId: call.workflowId,
        planHash: world.calledPlan(header.planHash, call.workflowId),
        startedAtMs: world.time.nowMs,
        mode: 'called',
        reply: 'none',
        parent,
        ...resumes,
      },
      call.items,
    );
    await life.point('after a run is called');
    await life.wait();
    return null;
  }

  /** A run has ended, in the transaction of that: its caller learns it, and what it has called stops. */
  ended({ header, end }: RunRow): void {
    const world = this.#world;
    const { parent, runId } = header;
    for (const row of world.store.runs.values())
      if (row.header.parent?.runId === runId && row.end === null && row.header.parent.waits) world.cancel(row.header.runId);
    if (parent === undefined || !parent.waits || end === null) return;
    const { nodeId, runIndex, itemIndex, attempt } = parent;
    const decision: JsonObject = endOf({ header, end });
    const token = `${parent.runId}:${nodeId}:${runIndex}:child:${itemIndex}:${attempt}`;
    world.decide(parent.runId, { token, nodeId, runIndex, itemIndex, attempt, kind: 'child', decision, by: null, atMs: world.time.nowMs });
  }

  /** What an earlier try of the call has done is not done again. */
  #resumed({ earlier, header, isChanged }: ChildStart): Partial<Pick<RunHeader, 'resumes'>> {
    const last = earlier.map((runId: RunId) => this.#world.rowOf(runId)).find((row) => row !== undefined);
    if (last === undefined || last.end?.status === 'succeeded') return {};
    if (last.end === null) throw new UserError('conflict', { code: 'call_under_way', message: 'the called run is under way' });
    const { runId, resumes, startedAtMs } = last.header;
    const onChanged = header.resumes?.onChanged ?? (isChanged ? ('resend' as const) : undefined);
    return {
      resumes: {
        runId,
        originRunId: resumes?.originRunId ?? runId,
        originStartedAtMs: resumes?.originStartedAtMs ?? startedAtMs,
        ...(onChanged === undefined ? {} : { onChanged }),
      },
    };
  }
}

function endOf({ header, end }: Pick<RunRow, 'header' | 'end'>): JsonObject {
  const told = JSON.stringify({ status: end?.status, runId: header.runId, items: end?.result ?? null, error: end?.error ?? null });
  return JSON.parse(told) as JsonObject;
}
