import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { defineRoute, WRITE_RULES } from '../../registry/route.ts';

/** Large descriptions are a few MB. */
const MOST_BYTES = 10 * 1024 * 1024;

/** `POST /api/v1/connectors/import` */
export const importConnector = defineRoute(
  endpoints.connectors.import,
  { ...WRITE_RULES, bodyLimitBytes: MOST_BYTES, permission: 'network.manage', audit: 'connector.imported' },
  async ({ body, write, signal }, { importDescription }) => {
    if (importDescription === undefined)
      throw new UserError('forbidden', {
        code: 'import_unavailable',
        message: 'this process imports no descriptions',
        hint: 'Use `millwright new:node`.',
      });
    const imported = await importDescription({ ...body, signal });
    // The address without its query: that may hold a key.
    const from = 'url' in body ? (body.url.split(/[?#]/, 1)[0] ?? '') : 'text';
    await write(async (_tx, audit) => audit({ kind: 'connector', id: imported.key }, { from, actions: imported.actions.length }));
    return imported;
  },
);
