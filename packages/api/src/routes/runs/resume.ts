import { endpoints } from '@millwright/contracts';
import { resumeRun as resume } from '../../again/again.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** Largest edited input in bytes. */
const MAX_INPUT_BYTES = 1024 * 1024;

/** `POST /api/v1/runs/:runId/resume`: answers when the start is on disk. */
export const resumeRun = defineRoute(
  endpoints.runs.resume,
  { ...WRITE_RULES, bodyLimitBytes: MAX_INPUT_BYTES, permission: 'runs.write', audit: 'run.resumed' },
  async (call, deps) => ({ runId: await resume(call, deps, { ...call.body, runId: call.params.runId }) }),
);
