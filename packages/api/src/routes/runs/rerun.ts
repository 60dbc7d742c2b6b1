import { endpoints } from '@millwright/contracts';
import { rerunRun as rerun } from '../../again/again.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** Largest edited input in bytes. */
const MAX_INPUT_BYTES = 1024 * 1024;

/** `POST /api/v1/runs/:runId/rerun`: answers when the start is on disk. */
export const rerunRun = defineRoute(
  endpoints.runs.rerun,
  { ...WRITE_RULES, bodyLimitBytes: MAX_INPUT_BYTES, permission: 'runs.write', audit: 'run.rerun' },
  async (call, deps) => ({ runId: await rerun(call, deps, { ...call.body, runId: call.params.runId }) }),
);
