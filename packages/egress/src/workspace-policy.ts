import { AsyncLocalStorage } from 'node:async_hooks';
import { hostFits } from '@millwright/core/host-pattern';
import { refused } from './errors.ts';

/** Which hosts what runs for a workspace may reach; patterns as `readHostPattern` gives them. */
export interface HostPolicy {
  /** Only these. Empty: every one. */
  readonly allow: readonly string[];
  /** None of these, whatever `allow` says. */
  readonly deny: readonly string[];
}

/** Finds a workspace's policy. @throws TransientError when nobody can tell now: nothing is sent then */
export type PolicyOf = (workspaceId: string) => Promise<HostPolicy>;

const scope = new AsyncLocalStorage<string>();

/** Does work for a workspace: its policy judges every request and socket that the work leads to, however deep. */
export function withinWorkspace<T>(workspaceId: string, work: () => T): T {
  return scope.run(workspaceId, work);
}

/** The policy of the workspace that is worked for; null outside of any, as for the install's own requests. */
export async function presentPolicy(policyOf: PolicyOf | undefined): Promise<HostPolicy | null> {
  const workspaceId = scope.getStore();
  return policyOf === undefined || workspaceId === undefined ? null : policyOf(workspaceId);
}

/**
 * Judges a host by a policy.
 * @param hostname as a URL has it
 * @throws UserError `egress_host_denied`, `egress_host_unlisted`: nothing was sent
 */
export function checkPolicy(hostname: string, policy: HostPolicy | null): void {
  if (policy === null) return;
  // A name that ends in a dot is resolved like the one without.
  const url = { hostname: hostname.replace(/\.$/, '') };
  const fits = (pattern: string): boolean => hostFits(pattern, url);
  if (policy.deny.some(fits))
    throw refused(
      'egress_host_denied',
      `${hostname} is on the list of hosts that this workspace does not call`,
      'An owner or admin can change the list under Settings, Network.',
    );
  if (policy.allow.length > 0 && !policy.allow.some(fits))
    throw refused(
      'egress_host_unlisted',
      `this workspace calls listed hosts only, and ${hostname} is none of them`,
      'An owner or admin can add it under Settings, Network.',
    );
}
