import { endpoints } from '@millwright/contracts';
import { clientApps } from '@millwright/db';
import { clientAppViews } from '../../credentials/views.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/client-apps` */
export const listClientApps = defineRoute(
  endpoints.clientApps.list,
  { ...READ_RULES, permission: 'credentials.manage' },
  async ({ read }, deps) => ({ items: [...clientAppViews(deps, await read(clientApps.list))] }),
);
