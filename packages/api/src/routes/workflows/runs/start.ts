import { endpoints } from '@millwright/contracts';
import { newId, UserError } from '@millwright/core';
import { derivedId } from '@millwright/core/ids-node';
import { versions } from '@millwright/db';
import { notFound } from '../../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';
import { requireWorkflow } from '../../../workflow-views.ts';

/** The node type that people start runs with. */
const MANUAL_TYPE = 'core.manual';

/** Largest input in bytes. */
const MAX_INPUT_BYTES = 1024 * 1024;

/** `POST /api/v1/workflows/:workflowId/runs`: answers when the start is on disk; the run's row says who started it. */
export const startRun = defineRoute(
  endpoints.workflows.startRun,
  { ...WRITE_RULES, bodyLimitBytes: MAX_INPUT_BYTES, permission: 'runs.start', audit: 'none' },
  async ({ params, body, principal, claim, read }, { startRun: start }) => {
    const { workflow, version } = await read(async (tx) => {
      const found = await requireWorkflow(tx, params.workflowId);
      if (found.liveVersion === null)
        throw new UserError('conflict', {
          code: 'not_published',
          message: 'This workflow was never published.',
          hint: 'Publish it first.',
        });
      const live = await versions.get(tx, found.liveVersion.id);
      if (live === null) throw notFound('version');
      return { workflow: found, version: live };
    });
    const trigger = version.document.nodes.find((node) => node.type === MANUAL_TYPE && !node.settings.disabled);
    if (trigger === undefined) {
      throw new UserError('unprocessable', {
        code: 'no_manual_trigger',
        message: 'The published version has no manual trigger.',
        hint: 'Add one and publish again.',
      });
    }
    const runId = await start({
      runId: claim === null ? newId('run') : derivedId('run', principal.workspaceId, claim.keyHash),
      workspaceId: principal.workspaceId,
      workflowId: workflow.id,
      workflowName: workflow.name,
      versionId: version.id,
      planHash: version.planHash,
      triggerNodeId: trigger.id,
      input: body.input,
      startedBy: principal.userId,
    });
    return { runId };
  },
);
