import { UserError } from '@millwright/core';
import { ROLES, type Permission, type Role } from '@millwright/contracts/permissions';

const VIEWER = [
  'workflows.read',
  'runs.read',
  'variables.read',
  'credentials.read',
  'members.read',
] as const satisfies readonly Permission[];
const OPERATOR = [...VIEWER, 'runs.start', 'runs.write'] as const satisfies readonly Permission[];
const EDITOR = [
  ...OPERATOR,
  'workflows.edit',
  'workflows.publish',
  'workflows.archive',
  'variables.write',
  'credentials.write',
] as const satisfies readonly Permission[];
const ADMIN = [...EDITOR, 'credentials.manage', 'members.manage', 'mail.manage', 'network.manage'] as const satisfies readonly Permission[];
const OWNER = [...ADMIN, 'keys.rotate', 'reliability.prove'] as const satisfies readonly Permission[];

/** What each role may do; the one table. */
const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: OWNER,
  admin: ADMIN,
  editor: EDITOR,
  operator: OPERATOR,
  viewer: VIEWER,
};

/** Everything that a role may do. */
export function permissionsOf(role: Role): readonly Permission[] {
  return ROLE_PERMISSIONS[role];
}

/** Whether a role has a permission. */
export function isAllowed(role: Role, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].includes(permission);
}

/** Roles that include a permission, the strongest first. */
export function rolesWith(permission: Permission): readonly Role[] {
  return ROLES.filter((role) => isAllowed(role, permission));
}

/**
 * Refuses where the role lacks the permission: says which one, and who can grant it.
 * @throws UserError `permission_missing` (forbidden)
 */
export function requirePermission(role: Role, permission: Permission): void {
  if (isAllowed(role, permission)) return;
  const needed = rolesWith(permission).join(', ');
  throw new UserError('forbidden', {
    code: 'permission_missing',
    message: `Your role "${role}" does not include "${permission}".`,
    hint: `Roles that do: ${needed}. An owner or admin of this workspace can change your role.`,
    details: { permission, role },
  });
}

/**
 * Refuses to hand out more than one holds: only owners make, change or remove owners.
 * @throws UserError `owner_only` (forbidden)
 */
export function requireMayGrant(actor: Role, ...roles: readonly Role[]): void {
  if (actor === 'owner' || !roles.includes('owner')) return;
  throw new UserError('forbidden', {
    code: 'owner_only',
    message: 'Only an owner can give or take the role "owner".',
    hint: 'Ask an owner of this workspace.',
  });
}
