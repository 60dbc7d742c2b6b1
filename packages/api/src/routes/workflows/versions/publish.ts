import { endpoints as contracts } from '@millwright/contracts';
import { versions } from '@millwright/db';
import { notFound } from '../../../problems.ts';
import { goLive } from '../../../publish/go-live.ts';
import { planOrRefuse } from '../../../publish/plan-or-refuse.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';
import { requireWorkflow } from '../../../workflow-views.ts';

/** `POST /api/v1/workflows/:workflowId/versions/:versionId/publish`: runs follow the plan that the version was published with. */
export const publishVersion = defineRoute(
  contracts.workflows.publishVersion,
  { ...WRITE_RULES, permission: 'workflows.publish', audit: 'workflow.rolledBack' },
  ({ params: { workflowId, versionId }, principal, write }, deps) =>
    write(async (tx, audit) => {
      const { id, liveVersion } = await requireWorkflow(tx, workflowId);
      const version = await versions.get(tx, versionId);
      if (version === null || version.workflowId !== id) throw notFound('version');
      const { document, number, planHash } = version;
      // What it needs may be gone by now: step types, connections, the workflow that handles failures.
      await planOrRefuse(tx, { workflowId, document, principal }, deps);
      const endpoints = await goLive(tx, { workflowId, document, principal, versionId }, deps);
      await audit({ kind: 'workflow', id: workflowId }, { versionId, number, planHash, from: liveVersion?.number ?? null });
      return { version: { id: versionId, number }, endpoints };
    }),
);
