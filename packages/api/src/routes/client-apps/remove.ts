import { endpoints } from '@millwright/contracts';
import { clientApps, triggerBindings } from '@millwright/db';
import { notFound } from '../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `DELETE /api/v1/client-apps/:connectorKey` */
export const removeClientApp = defineRoute(
  endpoints.clientApps.remove,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'credentials.manage', audit: 'clientApp.removed' },
  async ({ params: { connectorKey }, write }) =>
    write(async (tx, audit) => {
      if (!(await clientApps.remove(tx, connectorKey))) throw notFound('clientApp');
      await triggerBindings.wakeForApp(tx, connectorKey);
      await audit({ kind: 'clientApp', id: connectorKey });
      return undefined;
    }),
);
