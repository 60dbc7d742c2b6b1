import { endpoints } from '@millwright/contracts';
import { viewOf } from '../../credentials/access.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/credentials/:credentialId` */
export const getCredential = defineRoute(
  endpoints.credentials.get,
  { ...READ_RULES, permission: 'credentials.read' },
  async ({ params: { credentialId }, principal, read }, deps) => read(async (tx) => viewOf(tx, credentialId, { deps, principal })),
);
