import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { importedConnectors } from '@millwright/db';
import { notFound, USES_DETAIL } from '../../problems.ts';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** `DELETE /api/v1/connectors/:connectorKey`: hidden, so that runs and earlier versions that have its steps go on. */
export const removeConnector = defineRoute(
  endpoints.connectors.remove,
  { ...WRITE_RULES, bodyLimitBytes: 0, permission: 'network.manage', audit: 'connector.removed' },
  async ({ params: { connectorKey: key }, write }, { readImportedConnectors }) => {
    await write(async (tx, audit) => {
      const uses = await importedConnectors.findUses(tx, key);
      if (!(await importedConnectors.remove(tx, key))) throw notFound('connector');
      if (uses.length > 0) throw inUse(uses);
      await audit({ kind: 'connector', id: key });
    });
    await readImportedConnectors?.();
    return undefined;
  },
);

function inUse(uses: readonly importedConnectors.ConnectorUse[]): UserError {
  const names = uses.slice(0, 3).map(({ name }) => `"${name}"`);
  const more = uses.length > names.length ? ` and ${uses.length - names.length} more` : '';
  return new UserError('conflict', {
    code: 'connector_in_use',
    message: `Its steps are in ${names.join(', ')}${more}.`,
    hint: 'Take the steps out there and publish, or archive these workflows; then remove the connector.',
    details: { [USES_DETAIL]: uses.map((use) => ({ ...use })) },
  });
}
