import { endpoints, type ClientAppView } from '@millwright/contracts';
import { putClientApp as store } from '@millwright/credentials';
import { clientApps, triggerBindings } from '@millwright/db';
import { clientAppViews } from '../../credentials/client-app-views.ts';
import { notFound } from '../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `PUT /api/v1/client-apps/:connectorKey` */
export const putClientApp = defineRoute(
  endpoints.clientApps.put,
  { ...WRITE_RULES, permission: 'credentials.manage', audit: 'clientApp.entered' },
  async ({ params: { connectorKey }, body, principal, write }, deps) =>
    write(async (tx, audit) => {
      const { clientId, clientSecret, signingSecret } = body;
      const viewOf = (apps: readonly clientApps.ClientApp[]): ClientAppView | undefined =>
        clientAppViews(deps, tx.workspaceId, apps).find((app) => app.connectorKey === connectorKey);
      if (viewOf([]) === undefined) throw notFound('connector');
      await store(tx, deps.credentials.ports, { connectorKey, clientId, clientSecret, signingSecret, by: principal.userId });
      await triggerBindings.wakeForApp(tx, connectorKey);
      await audit(
        { kind: 'clientApp', id: connectorKey },
        { isNewSecret: clientSecret !== undefined, isNewSigningSecret: signingSecret !== undefined },
      );
      const view = viewOf(await clientApps.list(tx));
      if (view === undefined) throw notFound('connector');
      return view;
    }),
);
