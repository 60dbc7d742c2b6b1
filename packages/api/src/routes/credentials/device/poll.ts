import { endpoints } from '@millwright/contracts';
import { pollDevice } from '@millwright/credentials';
import { viewOf } from '../../../credentials/access.ts';
import { releaseHeld } from '../../../credentials/release.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `POST /api/v1/credentials/device/poll`: that somebody asks again is no entry of the audit log; its beginning is. */
export const pollDeviceCode = defineRoute(
  endpoints.credentials.pollDevice,
  { ...WRITE_RULES, permission: 'credentials.write', audit: 'credential.connected' },
  async ({ body: { deviceId }, principal, write }, deps) => {
    const by = { userId: principal.userId, sessionId: principal.sessionId };
    const { credentialId, ...poll } = await pollDevice(principal.workspaceId, deps.credentials.ports, { deviceId, by });
    if (poll.status === 'pending') return poll;
    const credential = await write(async (tx, audit) => {
      await audit({ kind: 'credential', id: credentialId });
      return viewOf(tx, credentialId, { deps, principal });
    });
    await releaseHeld(deps, principal.workspaceId, credentialId);
    return { status: poll.status, credential };
  },
);
