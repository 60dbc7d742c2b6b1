import { endpoints } from '@millwright/contracts';
import { finishConsent } from '@millwright/credentials';
import { viewOf } from '../../../credentials/access.ts';
import { releaseHeld } from '../../../credentials/release.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `POST /api/v1/credentials/oauth/finish`: the session's own state, once; then the token, and whoever waits for it goes on. */
export const finishOauth = defineRoute(
  endpoints.credentials.finishOauth,
  { ...WRITE_RULES, permission: 'credentials.write', audit: 'credential.connected' },
  async ({ body, principal, write }, deps) => {
    const { workspaceId, userId, sessionId } = principal;
    const credentialId = await finishConsent(workspaceId, deps.credentials.ports, { answer: body, by: { userId, sessionId } });
    const view = await write(async (tx, audit) => {
      await audit({ kind: 'credential', id: credentialId });
      return viewOf(tx, credentialId, { deps, principal });
    });
    await releaseHeld(deps, workspaceId, credentialId);
    return view;
  },
);
