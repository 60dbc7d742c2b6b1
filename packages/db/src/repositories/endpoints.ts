import { randomToken, type EndpointId, type JsonObject, type VersionId, type WorkflowId, type WorkspaceId } from '@millwright/core';
import type { WorkflowSettings } from '@millwright/workflow';
import { firstOf, type ExecutorDb, type TenantTx } from '../queryable.ts';

/** When a webhook's caller is answered. */
export type EndpointAnswer = 'now' | 'respond' | 'end';

/** A webhook trigger of the version being published. */
export interface EndpointSpec {
  readonly nodeId: string;
  readonly answer: EndpointAnswer;
  /** Whatever else the gateway needs: methods, status, verification. */
  readonly settings: JsonObject;
}

/** A URL of a workflow. */
export interface Endpoint extends EndpointSpec {
  readonly id: EndpointId;
  /** False: its node is not in the version that was published last. */
  readonly active: boolean;
}

/** Everything that the gateway needs to take a request. */
export interface ResolvedEndpoint extends EndpointSpec {
  readonly endpointId: EndpointId;
  readonly workspaceId: WorkspaceId;
  readonly workflowId: WorkflowId;
  readonly workflowName: string;
  readonly versionId: VersionId;
  readonly planHash: string;
  readonly workflowSettings: WorkflowSettings;
  /** False: switched off, archived, or its node was taken out. */
  readonly active: boolean;
}

interface Row {
  readonly id: string;
  readonly node_id: string;
  readonly answer: EndpointAnswer;
  readonly settings: JsonObject;
  readonly active: boolean;
}

/**
 * Makes a workflow's URLs those of the version being published: a node keeps its id (128 random bits) for ever,
 * a new one gets one, one that is gone becomes inactive and comes back with its id when the node does.
 * @returns the active ones, in the order given
 */
export async function upsertForWorkflow(
  tx: TenantTx,
  workflowId: WorkflowId,
  specs: readonly EndpointSpec[],
): Promise<readonly Endpoint[]> {
  await tx.query(
    'update webhook_endpoints set active = false where workspace_id = $1 and workflow_id = $2 and not (node_id = any($3::text[]))',
    [tx.workspaceId, workflowId, specs.map((spec) => spec.nodeId)],
  );
  const endpoints: Endpoint[] = [];
  for (const spec of specs) {
    const row = firstOf(
      await tx.query<Row>(
        `insert into webhook_endpoints (workspace_id, id, workflow_id, node_id, answer, settings) values ($1, $2, $3, $4, $5, $6::json)
       on conflict (workspace_id, workflow_id, node_id) do update set answer = excluded.answer, settings = excluded.settings, active = true
       returning id, node_id, answer, settings, active`,
        [tx.workspaceId, `hook_${randomToken()}`, workflowId, spec.nodeId, spec.answer, JSON.stringify(spec.settings)],
      ),
    );
    if (row !== null) endpoints.push(toEndpoint(row));
  }
  return endpoints;
}

/** A workflow's URLs, inactive ones included, the oldest first. */
export async function list(tx: TenantTx, workflowId: WorkflowId): Promise<readonly Endpoint[]> {
  const result = await tx.query<Row>(
    'select id, node_id, answer, settings, active from webhook_endpoints where workspace_id = $1 and workflow_id = $2 order by created_at, id',
    [tx.workspaceId, workflowId],
  );
  return result.rows.map(toEndpoint);
}

/** What is behind a URL, or null when nothing ever was (or nothing was published). */
export async function resolve(db: ExecutorDb, endpointId: EndpointId): Promise<ResolvedEndpoint | null> {
  const row = firstOf(
    await db.query<
      Row & {
        workspace_id: string;
        workflow_id: string;
        name: string;
        version_id: string;
        plan_hash: string;
        plan_settings: WorkflowSettings;
      }
    >(
      `select e.id, e.node_id, e.answer, e.settings, e.active and w.active and w.archived_at is null as active,
       e.workspace_id, e.workflow_id, w.name, v.id as version_id, v.plan_hash, p.settings as plan_settings
     from webhook_endpoints e
     join workflows w on w.workspace_id = e.workspace_id and w.id = e.workflow_id
     join workflow_versions v on v.workspace_id = w.workspace_id and v.id = w.live_version_id
     join plans p on p.workspace_id = v.workspace_id and p.plan_hash = v.plan_hash
     where e.id = $1`,
      [endpointId],
      'endpoint_resolve',
    ),
  );
  if (row === null) return null;
  return {
    endpointId: row.id,
    workspaceId: row.workspace_id,
    workflowId: row.workflow_id,
    workflowName: row.name,
    versionId: row.version_id,
    planHash: row.plan_hash,
    nodeId: row.node_id,
    answer: row.answer,
    settings: row.settings,
    workflowSettings: row.plan_settings,
    active: row.active,
  };
}

function toEndpoint(row: Row): Endpoint {
  return { id: row.id, nodeId: row.node_id, answer: row.answer, settings: row.settings, active: row.active };
}
