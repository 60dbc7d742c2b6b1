import type { ResumePreview } from '@millwright/contracts';
import { newId, type JsonObject, type RunId } from '@millwright/core';
import { derivedId } from '@millwright/core/ids-node';
import { again, plans, runData, runs, versions, workflows, type TenantTx } from '@millwright/db';
import type { DataRef, Item, RunHeader } from '@millwright/workflow';
import type { ApiDeps } from '../deps.ts';
import { notFound } from '../problems.ts';
import type { SessionCall } from '../registry/route.ts';
import { itemsOf } from '../routes/workflows/samples.ts';
import { previewOf, startsAt, type PlanView } from './preview.ts';
import { refuse, refuseArchived } from './refusals.ts';
import type { RunCall } from './steer.ts';

/** How a run is gone on with, or repeated. */
export interface AgainOptions {
  readonly version: 'same' | 'newest';
  /** Instead of the run's own input: one item. */
  readonly input?: JsonObject;
  /** Resume only. */
  readonly onChanged?: 'resend' | 'skip';
}

interface Target {
  readonly versionId: string;
  readonly planHash: string;
  readonly workflowName: string;
}

/** Everything that a start is decided by. */
interface Found {
  readonly run: again.SourceRun;
  readonly target: Target;
  readonly to: PlanView;
  /** The stored items of its trigger; null when they were not kept. */
  readonly trigger: DataRef | null;
}

/**
 * What a resume would do.
 * @throws UserError `run_unknown`, `run_not_failed`, `already_resumed`, `not_published`
 */
export async function previewResume(call: Pick<RunCall, 'read'>, runId: RunId, options: AgainOptions): Promise<ResumePreview> {
  return call.read(async (tx) => preview(tx, await findResumable(tx, runId, options), options));
}

/**
 * Goes on with a run as a new one, whose id follows from the first's: of two that try, one starts it.
 * @throws UserError `run_unknown`, `run_not_failed`, `already_resumed`, `resume_asks`, `not_published`, `resume_blocked`
 */
export async function resumeRun(
  call: RunCall,
  deps: ApiDeps,
  { runId, ...options }: AgainOptions & { readonly runId: RunId },
): Promise<RunId> {
  const { principal, read, write } = call;
  const found = await read(async (tx) => {
    const resumable = await findResumable(tx, runId, options);
    const { blocked, changed } = await preview(tx, resumable, options);
    if (blocked.length > 0) throw refuse.blocked(blocked);
    if (changed.length > 0 && options.onChanged === undefined) throw refuse.asks(changed);
    return resumable;
  });
  const { run } = found;
  const newRunId = derivedId('run', principal.workspaceId, 'resume', runId);
  const header: RunHeader = {
    ...headerOf(found, { runId: newRunId, startedBy: principal.userId, nowMs: deps.clock.nowMs(), workspaceId: principal.workspaceId }),
    originDay: run.originDay,
    ...(run.fixed === null ? {} : { fixed: run.fixed }),
    resumes: {
      runId,
      originRunId: run.originRunId,
      originStartedAtMs: run.originStartedAtMs,
      ...(options.onChanged === undefined ? {} : { onChanged: options.onChanged }),
    },
  };
  const started = await deps.runControl.start(
    header,
    options.input === undefined ? await storedInput(found, deps, principal.workspaceId) : [{ json: options.input }],
  );
  if (started === 'duplicate') throw refuse.resumed(newRunId);
  await write(async (_tx, audit) =>
    audit({ kind: 'run', id: runId }, { newRunId, version: options.version, edited: options.input !== undefined }),
  );
  return newRunId;
}

/**
 * Starts a run with the input of another; everything is done anew, with new keys.
 * @throws UserError `run_unknown`, `not_published`, `trigger_removed`, `input_not_kept`
 */
export async function rerunRun(
  call: RunCall & Pick<SessionCall<never>, 'claim'>,
  deps: ApiDeps,
  { runId, ...options }: AgainOptions & { readonly runId: RunId },
): Promise<RunId> {
  const { principal, claim, read, write } = call;
  const { workspaceId } = principal;
  const found = await read(async (tx) => {
    const target = await findTarget(tx, runId, options);
    refuseArchived(await workflows.get(tx, target.run.workflowId));
    return target;
  });
  if (!startsAt(found.to, found.run.triggerNodeId)) throw refuse.triggerRemoved();
  // The same key starts the same run: Temporal refuses the second.
  const newRunId = claim === null ? newId('run') : derivedId('run', workspaceId, claim.keyHash, runId);
  const fresh = headerOf(found, { runId: newRunId, startedBy: principal.userId, nowMs: deps.clock.nowMs(), workspaceId });
  await deps.runControl.start(
    { ...fresh, rerunOf: runId },
    options.input === undefined ? await storedInput(found, deps, workspaceId) : [{ json: options.input }],
  );
  await write(async (_tx, audit) =>
    audit({ kind: 'run', id: runId }, { newRunId, version: options.version, edited: options.input !== undefined }),
  );
  return newRunId;
}

function headerOf(
  { run, target }: Found,
  fresh: { readonly runId: RunId; readonly workspaceId: string; readonly startedBy: string; readonly nowMs: number },
): RunHeader {
  return {
    workspaceId: fresh.workspaceId,
    runId: fresh.runId,
    workflowId: run.workflowId,
    workflowName: target.workflowName,
    versionId: target.versionId,
    planHash: target.planHash,
    triggerNodeId: run.triggerNodeId,
    mode: run.mode,
    originDay: new Date(fresh.nowMs).toISOString().slice(0, 10),
    startedAtMs: fresh.nowMs,
    save: run.save,
    // Whoever called the first run has had an answer, or is gone.
    reply: 'none',
    startedBy: fresh.startedBy,
    ...(run.failureOf === null ? {} : { failureOf: run.failureOf }),
  };
}

async function findResumable(tx: TenantTx, runId: RunId, options: AgainOptions): Promise<Found> {
  const found = await findTarget(tx, runId, options);
  const { status, resumedByRunId } = found.run;
  if (status !== 'failed' && status !== 'canceled') throw refuse.notFailed(status);
  if (resumedByRunId !== null) throw refuse.resumed(resumedByRunId);
  return found;
}

async function findTarget(tx: TenantTx, runId: RunId, { version }: AgainOptions): Promise<Found> {
  const run = await again.source(tx, runId);
  if (run === null) throw notFound('run');
  if (run.mode === 'test') throw refuse.test();
  const target = version === 'same' ? run : await newest(tx, run);
  const to = await planView(tx, target.planHash);
  const data = await runData.nodeRunData(tx, { runId, nodeId: run.triggerNodeId, runIndex: 0 });
  const ref = Object.values(data?.outputs ?? {})[0];
  const isKept = ref !== undefined && (ref.inline !== undefined || ref.blobId !== undefined);
  return { run, target, to, trigger: isKept ? ref : null };
}

async function newest(tx: TenantTx, run: again.SourceRun): Promise<Target> {
  const workflow = await workflows.get(tx, run.workflowId);
  const version = workflow?.liveVersion ?? null;
  if (workflow === null || workflow.archived || version === null) throw refuse.notPublished();
  const stored = await versions.get(tx, version.id);
  if (stored === null) throw notFound('version');
  const { planHash } = stored;
  return { versionId: version.id, planHash, workflowName: workflow.name };
}

async function planView(tx: TenantTx, planHash: string): Promise<PlanView> {
  const plan = await plans.skeleton(tx, { workspaceId: tx.workspaceId, planHash });
  if (plan === null) throw notFound('version');
  return { skeleton: plan.skeleton, configs: await plans.configs(tx, planHash) };
}

async function preview(tx: TenantTx, { run, to, trigger }: Found, { input }: AgainOptions): Promise<ResumePreview> {
  return previewOf({
    effects: await again.effects(tx, run),
    nodeRuns: await runs.nodeRuns(tx, run.runId),
    from: await planView(tx, run.planHash),
    to,
    triggerNodeId: run.triggerNodeId,
    input: input !== undefined ? 'edited' : trigger === null ? 'lost' : 'same',
  });
}

/** @throws UserError `input_not_kept` */
async function storedInput(found: Found, deps: ApiDeps, workspaceId: string): Promise<readonly Item[]> {
  if (found.trigger === null) throw refuse.inputNotKept();
  const items = await itemsOf(found.trigger, workspaceId, deps);
  return items.map(({ from: _from, ...item }) => item);
}
