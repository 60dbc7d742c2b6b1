import { endpoints } from '@millwright/contracts';
import { pauseRun as pause } from '../../again/steer.ts';
import { toRunSummary } from '../../live/run-views.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `POST /api/v1/runs/:runId/pause` */
export const pauseRun = defineRoute(
  endpoints.runs.pause,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'runs.write', audit: 'run.paused' },
  async (call, deps) => toRunSummary(await pause(call, deps, call.params.runId)),
);
