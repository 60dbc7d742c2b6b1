import { newId } from '@millwright/core';
import type { Plan, Resumes } from '@millwright/workflow';
import { World } from '../world.ts';

/** A run that goes on with another one, over the same database and outside. @param more answers of who resumed it */
export function resumed(before: World, plan: Plan, more: Partial<Resumes> = {}): World {
  const { runId, originDay, startedAtMs, workspaceId, resumes: chain } = before.header;
  const resumes = {
    runId,
    originRunId: chain?.originRunId ?? runId,
    originStartedAtMs: chain?.originStartedAtMs ?? startedAtMs,
    ...more,
  };
  const world = new World(plan, { runId: newId('run'), workspaceId, originDay, resumes });
  return Object.assign(world, { store: before.store, blobs: before.blobs });
}
