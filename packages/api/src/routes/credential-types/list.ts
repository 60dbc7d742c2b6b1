import { endpoints } from '@millwright/contracts';
import { clientApps } from '@millwright/db';
import { toTypeView } from '../../credentials/views.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/credential-types` */
export const listCredentialTypes = defineRoute(
  endpoints.credentialTypes.list,
  { ...READ_RULES, permission: 'credentials.read' },
  async ({ read }, { credentials }) => {
    const apps = await read(clientApps.list);
    const types = credentials.ports.types.all().filter(({ auth }) => auth.kind !== 'none');
    return { items: types.map((type) => toTypeView(type, apps)) };
  },
);
