import { endpoints } from '@millwright/contracts';
import { previewResume as preview } from '../../again/again.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/runs/:runId/resume-preview` */
export const previewResume = defineRoute(endpoints.runs.resumePreview, { ...READ_RULES, permission: 'runs.read' }, async (call) =>
  preview(call, call.params.runId, call.query),
);
