import type { WorkspaceId } from '@millwright/core';
import type { ExecutorPorts } from '@millwright/executor';
import type { PlanNodeConfig } from '@millwright/workflow';

/** Reads a node's configuration from the database. */
export type LoadPlanConfig = (workspaceId: WorkspaceId, planHash: string, nodeId: string) => Promise<PlanNodeConfig>;

/**
 * Parameters of nodes, read once: plans never change. The least recently read leave first; one read at a time per node.
 * @param maxEntries nodes kept. Default 20,000
 */
export function createPlanConfigs(load: LoadPlanConfig, maxEntries = 20_000): ExecutorPorts['plans'] {
  const kept = new Map<string, Promise<PlanNodeConfig>>();
  return {
    config: (workspaceId, planHash, nodeId) => {
      const key = `${workspaceId}\n${planHash}\n${nodeId}`;
      const known = kept.get(key);
      const config = known ?? load(workspaceId, planHash, nodeId);
      kept.delete(key);
      kept.set(key, config);
      if (known === undefined) config.catch(() => kept.get(key) === config && kept.delete(key));
      const [oldest] = kept.keys();
      if (kept.size > maxEntries && oldest !== undefined) kept.delete(oldest);
      return config;
    },
  };
}
