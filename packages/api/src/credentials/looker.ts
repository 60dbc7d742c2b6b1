import type { credentials } from '@millwright/db';
import { isAllowed } from '../permissions.ts';
import type { Principal } from '../principal.ts';

/** Whether somebody sees, uses and changes every credential of her workspace. */
export function isManager({ role }: Pick<Principal, 'role'>): boolean {
  return isAllowed(role, 'credentials.manage');
}

/** Somebody who looks at credentials. */
export function lookerOf(principal: Pick<Principal, 'userId' | 'role'>): credentials.Looker {
  return { userId: principal.userId, role: principal.role, isManager: isManager(principal) };
}
