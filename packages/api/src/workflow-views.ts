import type { EndpointView, Person, WorkflowSummary, WorkflowView } from '@millwright/contracts';
import { endpoints, members, workflows, type TenantTx } from '@millwright/db';
import { notFound } from './problems.ts';
import { isForCallers } from './webhook-endpoints.ts';

/** Names of the workspace's members by user id. */
export type People = ReadonlyMap<string, string>;

/** Reads who is in the workspace, for "published by". */
export async function readPeople(tx: TenantTx): Promise<People> {
  return new Map((await members.list(tx)).map((member) => [member.userId, member.name]));
}

/** A person by id; null for nobody and for people who have left. */
export function personOf(people: People, userId: string | null): Person | null {
  const name = userId === null ? undefined : people.get(userId);
  return userId === null || name === undefined ? null : { id: userId, name };
}

/** A workflow that is not archived. @throws UserError `workflow_unknown` */
export async function requireWorkflow(tx: TenantTx, workflowId: string): Promise<workflows.WorkflowSummary> {
  const workflow = await workflows.get(tx, workflowId);
  if (workflow === null || workflow.archived) throw notFound('workflow');
  return workflow;
}

/** Where an endpoint is called. */
export function hookUrl(publicUrl: string, endpointId: string): string {
  return `${publicUrl}/hooks/${endpointId}`;
}

/** Where a vendor sends what happens in all accounts of a connector's client app. */
export function appHookUrl(publicUrl: string, app: { readonly workspaceId: string; readonly connectorKey: string }): string {
  return `${publicUrl}/hooks/apps/${app.workspaceId}/${app.connectorKey}`;
}

/** A webhook URL as the wire shows it. */
export function toEndpointView(endpoint: endpoints.Endpoint, publicUrl: string): EndpointView {
  const { id, nodeId, answer } = endpoint;
  return { id, nodeId, answer, url: hookUrl(publicUrl, id) };
}

/** Reads one workflow as the wire shows it. @throws UserError `workflow_unknown` */
export async function readWorkflowView(tx: TenantTx, workflowId: string, publicUrl: string): Promise<WorkflowView> {
  const workflow = await requireWorkflow(tx, workflowId);
  const people = await readPeople(tx);
  const { id, name, state, liveVersion, createdAt, updatedAt } = workflow;
  return {
    id,
    name,
    state,
    liveVersion:
      liveVersion === null
        ? null
        : { ...liveVersion, publishedAt: liveVersion.publishedAt.toISOString(), publishedBy: personOf(people, liveVersion.publishedBy) },
    draft: { revision: workflow.draftRevision, changed: workflow.draftChanged },
    endpoints: (await endpoints.list(tx, workflowId))
      .filter((endpoint) => endpoint.active && isForCallers(endpoint))
      .map((endpoint) => toEndpointView(endpoint, publicUrl)),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** A workflow as one line of the list. */
export function toWorkflowSummary(workflow: workflows.WorkflowSummary, people: People): WorkflowSummary {
  const { id, name, state, draftChanged, lastRun } = workflow;
  return {
    id,
    name,
    state,
    draftChanged,
    liveVersion: workflow.liveVersion?.number ?? null,
    triggerTypes: [...workflow.triggerTypes],
    lastRun: lastRun === null ? null : { ...lastRun, startedAt: lastRun.startedAt.toISOString() },
    createdAt: workflow.createdAt.toISOString(),
    updatedAt: workflow.updatedAt.toISOString(),
    updatedBy: personOf(people, workflow.updatedBy),
  };
}
