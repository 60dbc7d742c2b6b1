import { networkRules, type Database } from '@millwright/db';
import type { HostPolicy, PolicyOf } from '@millwright/egress';

/** How long a workspace's rules are taken as they were read, in ms: a change counts after that at the latest. */
const FRESH_MS = 2000;
/** Workspaces whose rules are held. */
const MOST = 10_000;

interface Held {
  readonly policy: Promise<HostPolicy>;
  readonly atMs: number;
}

/** Reads the rules of workspaces for the egress, each at most every other second. While Postgres is away nothing is sent. */
export function networkPolicies(db: Pick<Database, 'tenant'>): PolicyOf {
  const held = new Map<string, Held>();
  return (workspaceId) => {
    const known = held.get(workspaceId);
    if (known !== undefined && performance.now() - known.atMs < FRESH_MS) return known.policy;
    const policy = db.tenant(workspaceId, networkRules.get);
    policy.catch(() => held.delete(workspaceId));
    if (held.size >= MOST) held.clear();
    held.set(workspaceId, { policy, atMs: performance.now() });
    return policy;
  };
}
