import { endpoints } from '@millwright/contracts';
import { clientApps } from '@millwright/db';
import { clientAppViews } from '../../credentials/client-app-views.ts';
import { defineRoute, READ_RULES } from '../../registry/route.ts';

/** `GET /api/v1/client-apps` */
export const listClientApps = defineRoute(
  endpoints.clientApps.list,
  { ...READ_RULES, permission: 'credentials.manage' },
  async ({ principal, read }, deps) => ({ items: [...clientAppViews(deps, principal.workspaceId, await read(clientApps.list))] }),
);
