import { checkCredentials } from '../credentials/check-plan.ts';
import type { TestRunRequest } from '@millwright/contracts';
import { newId, type RunId } from '@millwright/core';
import { derivedId } from '@millwright/core/ids-node';
import { plans, testRuns } from '@millwright/db';
import { TEST_START, withTests } from '@millwright/engine/compile';
import type { DataRef, NodeTest, Plan, RunHeader } from '@millwright/workflow';
import type { ApiDeps } from '../deps.ts';
import type { SessionCall } from '../registry/route.ts';
import { requireWorkflow } from '../workflow-views.ts';
import { planTest, type Giving, type PlannedTest } from './plan-test.ts';
import { refuse } from './refusals.ts';

type Call = Pick<SessionCall<never>, 'principal' | 'claim' | 'read' | 'write'>;

/** Positions of one list that are kept; beyond them lineage is not known. */
const MAX_POSITIONS = 1_000;

/** Plans a test run of the draft as it is now. @throws UserError as `planTest`, `workflow_unknown` */
export async function previewTest(
  call: Pick<Call, 'principal' | 'read'>,
  deps: ApiDeps,
  of: { readonly workflowId: string; readonly request: TestRunRequest },
) {
  const { document } = await deps.drafts.read(call.principal.workspaceId, of.workflowId);
  const found = await call.read(async (tx) => {
    const { name } = await requireWorkflow(tx, of.workflowId);
    return { name, planned: await planTest(tx, deps, { ...of, document }) };
  });
  return { ...found, document };
}

/**
 * Starts a test run: stores its plan without a published version, then starts a run that answers nobody.
 * @throws UserError as `planTest`, `graph_invalid`; TransientError `temporal_unavailable`
 */
export async function startTest(
  call: Call,
  deps: ApiDeps,
  of: { readonly workflowId: string; readonly request: TestRunRequest },
): Promise<RunId> {
  const { principal, claim } = call;
  const { name, planned, document } = await previewTest(call, deps, of);
  if (planned.plan === null) throw refuse.invalid(planned.problems);
  const { plan: checked } = planned;
  const wrong = await call.read((tx) => checkCredentials(tx, checked, { catalog: deps.catalog, principal }));
  if (wrong.length > 0) throw refuse.invalid(wrong);
  const { workspaceId, userId } = principal;
  // The same key starts the same run: Temporal refuses the second.
  const runId = claim === null ? newId('run') : derivedId('run', workspaceId, claim.keyHash);
  const nowMs = deps.clock.nowMs();
  const header: RunHeader = {
    workspaceId,
    runId,
    workflowId: of.workflowId,
    workflowName: name,
    // Of each try its own: what a run runs never changes under it.
    versionId: newId('version'),
    planHash: '',
    triggerNodeId: planned.triggerId ?? TEST_START,
    mode: 'test',
    originDay: new Date(nowMs).toISOString().slice(0, 10),
    startedAtMs: nowMs,
    save: 'all',
    reply: 'none',
    startedBy: userId,
    ...(planned.fixed === undefined ? {} : { fixed: planned.fixed }),
  };
  const { dryRun: isDry, mode } = of.request;
  const plan = withTests(planned.plan, await testsOf(planned, header, deps), isDry);
  await storeVersion(deps, { header, plan, document, isDry, cacheKeys: planned.cacheKeys, by: userId });
  await deps.runControl.start({ ...header, planHash: plan.skeleton.planHash }, planned.items);
  await call.write(async (_tx, audit) => audit({ kind: 'workflow', id: of.workflowId }, { runId, mode, dryRun: isDry }));
  return runId;
}

/** Stored before the start, in a transaction of its own: whoever executes reads it. */
async function storeVersion(
  { db }: ApiDeps,
  {
    header,
    plan,
    ...version
  }: Pick<testRuns.TestVersion, 'document' | 'isDry' | 'cacheKeys' | 'by'> & { readonly header: RunHeader; readonly plan: Plan },
): Promise<void> {
  await db.tenant(header.workspaceId, async (tx) => {
    await plans.put(tx, plan);
    await testRuns.create(tx, { ...version, id: header.versionId, workflowId: header.workflowId, planHash: plan.skeleton.planHash });
  });
}

async function testsOf({ giving, samples }: PlannedTest, header: RunHeader, deps: ApiDeps): Promise<Readonly<Record<string, NodeTest>>> {
  const tests: Record<string, NodeTest> = {};
  for (const [nodeId, one] of giving) {
    const outputs = one.outputs === undefined ? undefined : await storedOutputs(nodeId, one, { header, deps });
    if (one.how !== 'simulated') tests[nodeId] = { how: one.how, outputs: outputs ?? {} };
    else tests[nodeId] = { how: 'simulated', sample: samples.get(nodeId) ?? {}, ...(outputs === undefined ? {} : { outputs }) };
  }
  return tests;
}

async function storedOutputs(
  nodeId: string,
  { outputs = {}, origins = {} }: Giving,
  { header, deps }: { readonly header: RunHeader; readonly deps: ApiDeps },
): Promise<Readonly<Record<string, DataRef>>> {
  const stored: Record<string, DataRef> = {};
  for (const [port, items] of Object.entries(outputs)) {
    const known = Object.entries(origins[port] ?? {}).filter(
      ([, at]) => at.length <= MAX_POSITIONS && at.some((position) => position >= 0),
    );
    const ref = await deps.runControl.store(header, `${nodeId}:0:${port}`, items);
    stored[port] =
      known.length === 0 ? ref : { ...ref, origins: Object.fromEntries(known.map(([id, at]) => [id, { ref: `${id}:0:main`, at }])) };
  }
  return stored;
}
