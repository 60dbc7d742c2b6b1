import { endpoints } from '@millwright/contracts';
import { testCredential as tryOut } from '@millwright/credentials';
import { requireOwn, requireUsable, viewOf } from '../../credentials/access.ts';
import { releaseHeld } from '../../credentials/release.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `POST /api/v1/credentials/:credentialId/test`: only of one's own; whoever may merely use one has no say in its health. */
export const testCredential = defineRoute(
  endpoints.credentials.test,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'credentials.write', audit: 'credential.tested' },
  async ({ params: { credentialId }, principal, read, write }, deps) => {
    const { lender, ports } = deps.credentials;
    const before = await read(async (tx) => {
      await requireOwn(tx, credentialId, principal);
      return requireUsable(tx, credentialId, principal);
    });
    const seen = await tryOut({ workspaceId: principal.workspaceId, credentialId }, { ...ports, lender });
    const view = await write(async (tx, audit) => {
      await audit({ kind: 'credential', id: credentialId }, { health: seen.health });
      return viewOf(tx, credentialId, { deps, principal });
    });
    if (before.health !== 'working' && seen.health === 'working') await releaseHeld(deps, principal.workspaceId, credentialId);
    return view;
  },
);
