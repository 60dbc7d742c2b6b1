import { endpoints } from '@millwright/contracts';
import { startDevice } from '@millwright/credentials';
import { requireOwn } from '../../../credentials/access.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `POST /api/v1/credentials/:credentialId/device` */
export const startDeviceCode = defineRoute(
  endpoints.credentials.startDevice,
  { ...WRITE_RULES, permission: 'credentials.write', audit: 'credential.connecting', secretAnswer: true },
  async ({ params: { credentialId }, body: { anyAccount }, principal, write }, deps) => {
    await write(async (tx, audit) => {
      await requireOwn(tx, credentialId, principal);
      await audit({ kind: 'credential', id: credentialId }, { anyAccount });
    });
    const by = { userId: principal.userId, sessionId: principal.sessionId };
    const started = await startDevice(principal.workspaceId, deps.credentials.ports, { credentialId, by, anyAccount });
    return { ...started, expiresAt: started.expiresAt.toISOString() };
  },
);
