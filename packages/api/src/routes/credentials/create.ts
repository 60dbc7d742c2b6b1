import { endpoints } from '@millwright/contracts';
import { createCredential as store } from '@millwright/credentials';
import { viewOf } from '../../credentials/access.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `POST /api/v1/credentials`: secrets are sealed before the row is written; the audit log has the kind and the name. */
export const createCredential = defineRoute(
  endpoints.credentials.create,
  { ...WRITE_RULES, permission: 'credentials.write', audit: 'credential.created' },
  async ({ body, principal, write }, deps) =>
    write(async (tx, audit) => {
      const id = await store(tx, deps.credentials.ports, { input: body, by: principal.userId });
      await audit({ kind: 'credential', id }, { type: body.type, name: body.name });
      return viewOf(tx, id, { deps, principal });
    }),
);
