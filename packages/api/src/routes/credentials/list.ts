import { endpoints } from '@millwright/contracts';
import { credentials, credentialUses } from '@millwright/db';
import { lookerOf } from '../../credentials/looker.ts';
import { toCredentialView } from '../../credentials/views.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/credentials` */
export const listCredentials = defineRoute(
  endpoints.credentials.list,
  { ...READ_RULES, permission: 'credentials.read' },
  async ({ principal, read }, deps) =>
    read(async (tx) => {
      const found = await credentials.list(tx, lookerOf(principal));
      const uses = found.length === 0 ? [] : await credentialUses.findUses(tx);
      return { items: found.map((credential) => toCredentialView(credential, { deps, principal, uses })) };
    }),
);
