import { endpoints } from '@millwright/contracts';
import { runData } from '@millwright/db';
import type { DataRef, Item } from '@millwright/workflow';
import type { ApiDeps } from '../../deps.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { requireWorkflow } from '../../workflow-views.ts';

/** Items of a sample per port; a preview needs no more. */
const MAX_ITEMS = 20;

/** The items behind a handle; none when the workflow does not save them. */
export async function itemsOf(ref: DataRef, workspaceId: string, { readBlob }: Pick<ApiDeps, 'readBlob'>): Promise<readonly Item[]> {
  if (ref.inline !== undefined) return ref.inline;
  return ref.blobId === undefined ? [] : readBlob(workspaceId, ref.blobId);
}

/** `GET /api/v1/workflows/:workflowId/samples` */
export const getSamples = defineRoute(
  endpoints.workflows.samples,
  { ...READ_RULES, permission: 'runs.read' },
  async ({ params, principal, read }, deps) => {
    const latest = await read(async (tx) => {
      await requireWorkflow(tx, params.workflowId);
      return runData.latestOutputs(tx, params.workflowId);
    });
    const nodes = Object.entries(latest.nodes).map(async ([nodeId, ports]) => {
      const outputs = Object.entries(ports).map(
        async ([port, ref]) => [port, (await itemsOf(ref, principal.workspaceId, deps)).slice(0, MAX_ITEMS)] as const,
      );
      const { runId = '', at = new Date(0) } = latest.from[nodeId] ?? {};
      return [nodeId, { runId, at: at.toISOString(), outputs: Object.fromEntries(await Promise.all(outputs)) }] as const;
    });
    return { nodes: Object.fromEntries(await Promise.all(nodes)) };
  },
);
