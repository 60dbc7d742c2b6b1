import { endpoints } from '@millwright/contracts';
import { startConsent } from '@millwright/credentials';
import { requireOwn } from '../../../credentials/access.ts';
import { defineRoute, WRITE_RULES } from '../../../registry/route.ts';

/** `POST /api/v1/credentials/:credentialId/oauth` */
export const startOauth = defineRoute(
  endpoints.credentials.startOauth,
  { ...WRITE_RULES, permission: 'credentials.write', audit: 'credential.connecting', secretAnswer: true },
  async ({ params: { credentialId }, body: { anyAccount }, principal, write }, deps) =>
    write(async (tx, audit) => {
      const credential = await requireOwn(tx, credentialId, principal);
      const by = { userId: principal.userId, sessionId: principal.sessionId };
      const window = await startConsent(tx, deps.credentials.ports, { credential, by, anyAccount });
      await audit({ kind: 'credential', id: credentialId }, { anyAccount });
      return { ...window, expiresAt: window.expiresAt.toISOString() };
    }),
);
