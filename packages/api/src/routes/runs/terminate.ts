import { endpoints } from '@millwright/contracts';
import { terminateRun as terminate } from '../../again/steer.ts';
import { toRunSummary } from '../../live/run-views.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `POST /api/v1/runs/:runId/terminate` */
export const terminateRun = defineRoute(
  endpoints.runs.terminate,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'runs.write', audit: 'run.terminated' },
  async (call, deps) => toRunSummary(await terminate(call, deps, call.params.runId)),
);
