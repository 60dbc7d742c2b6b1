import { endpoints } from '@millwright/contracts';
import type { JsonObject, JsonValue } from '@millwright/core';
import { plans, runData } from '@millwright/db';
import { defineRoute, READ_RULES } from '../../registry/route.ts';
import { itemsOf } from '../workflows/samples.ts';
import { requireRun } from './get.ts';

/** Changes in one answer. */
const MAX_CHANGES = 1000;

/** As the executor wrote it down. */
interface Written {
  readonly itemIndex: number;
  readonly method?: string;
  readonly url?: string;
  readonly body?: JsonValue;
  readonly parameters: JsonObject;
  readonly idempotencyKey: null;
}

/** `GET /api/v1/runs/:runId/intended-changes` */
export const listIntendedChanges = defineRoute(
  endpoints.runs.intendedChanges,
  { ...READ_RULES, permission: 'runs.read' },
  async ({ params: { runId }, principal, read }, deps) => {
    const { found, configs } = await read(async (tx) => {
      const run = await requireRun(tx, runId);
      return { found: await runData.intended(tx, runId), configs: await plans.configs(tx, run.planHash) };
    });
    const changes = [];
    for (const { nodeId, runIndex, ref } of found) {
      if (changes.length > MAX_CHANGES) break;
      const name = configs[nodeId]?.name ?? nodeId;
      for (const { json } of await itemsOf(ref, principal.workspaceId, deps))
        changes.push({ nodeId, name, runIndex, ...(json as unknown as Written) });
    }
    return { changes: changes.slice(0, MAX_CHANGES), isCut: changes.length > MAX_CHANGES };
  },
);
