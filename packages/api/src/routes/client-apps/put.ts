import { endpoints } from '@millwright/contracts';
import { putClientApp as store } from '@millwright/credentials';
import { clientApps } from '@millwright/db';
import { clientAppViews } from '../../credentials/views.ts';
import { notFound } from '../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `PUT /api/v1/client-apps/:connectorKey` */
export const putClientApp = defineRoute(
  endpoints.clientApps.put,
  { ...WRITE_RULES, permission: 'credentials.manage', audit: 'clientApp.entered' },
  async ({ params: { connectorKey }, body: { clientId, clientSecret }, principal, write }, deps) =>
    write(async (tx, audit) => {
      if (!clientAppViews(deps, []).some((app) => app.connectorKey === connectorKey)) throw notFound('connector');
      await store(tx, deps.credentials.ports, { connectorKey, clientId, clientSecret, by: principal.userId });
      await audit({ kind: 'clientApp', id: connectorKey }, { isNewSecret: clientSecret !== undefined });
      const view = clientAppViews(deps, await clientApps.list(tx)).find((app) => app.connectorKey === connectorKey);
      if (view === undefined) throw notFound('connector');
      return view;
    }),
);
