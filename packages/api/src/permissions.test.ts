import { PERMISSIONS, ROLES } from '@millwright/contracts/permissions';
import { describe, expect, it } from 'vitest';
import { isAllowed, permissionsOf, requireMayGrant, requirePermission, rolesWith } from './permissions.ts';

describe('roles', () => {
  it('never take away what a weaker role has', () => {
    const lost = ROLES.flatMap((role, index) =>
      permissionsOf(ROLES[index + 1] ?? role).filter((permission) => !isAllowed(role, permission)),
    );
    expect(lost).toEqual([]);
  });

  it('leave no permission that nobody has', () => {
    expect(PERMISSIONS.filter((permission) => rolesWith(permission).length === 0)).toEqual([]);
  });

  it('are this matrix', () => {
    expect(PERMISSIONS.map((permission) => `${permission}: ${rolesWith(permission).join(' ')}`)).toMatchInlineSnapshot(`
      [
        "workflows.read: owner admin editor operator viewer",
        "workflows.edit: owner admin editor",
        "workflows.publish: owner admin editor",
        "workflows.archive: owner admin editor",
        "runs.read: owner admin editor operator viewer",
        "runs.start: owner admin editor operator",
        "runs.write: owner admin editor operator",
        "variables.read: owner admin editor operator viewer",
        "variables.write: owner admin editor",
        "credentials.read: owner admin editor operator viewer",
        "credentials.write: owner admin editor",
        "credentials.manage: owner admin",
        "keys.rotate: owner",
        "members.read: owner admin editor operator viewer",
        "members.manage: owner admin",
        "mail.manage: owner admin",
        "network.manage: owner admin",
        "reliability.prove: owner",
      ]
    `);
  });

  it('say what is missing and who can grant it', () => {
    expect(isAllowed('viewer', 'runs.start')).toBe(false);
    expect(() => requirePermission('viewer', 'runs.start')).toThrow(
      expect.objectContaining({
        kind: 'forbidden',
        message: expect.stringContaining('runs.start'),
        hint: expect.stringMatching(/owner, admin, editor, operator\..*owner or admin/),
      }),
    );
  });

  it('let only owners touch owners', () => {
    expect(() => requireMayGrant('admin', 'editor')).not.toThrow();
    expect(() => requireMayGrant('admin', 'viewer', 'owner')).toThrow(expect.objectContaining({ code: 'owner_only' }));
    expect(() => requireMayGrant('owner', 'owner')).not.toThrow();
  });
});
