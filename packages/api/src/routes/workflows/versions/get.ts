import { endpoints } from '@millwright/contracts';
import { versions } from '@millwright/db';
import { notFound } from '../../../problems.ts';
import { defineRoute, READ_RULES } from '../../../registry/route.ts';
import { readPeople, requireWorkflow } from '../../../workflow-views.ts';
import { toVersionSummary } from './list.ts';

/** `GET /api/v1/workflows/:workflowId/versions/:versionId` */
export const getVersion = defineRoute(endpoints.workflows.getVersion, { ...READ_RULES, permission: 'workflows.read' }, ({ params, read }) =>
  read(async (tx) => {
    const { id, liveVersion } = await requireWorkflow(tx, params.workflowId);
    const version = await versions.get(tx, params.versionId);
    if (version === null || version.workflowId !== id) throw notFound('version');
    return { ...toVersionSummary(version, await readPeople(tx), liveVersion?.id), document: version.document };
  }),
);
