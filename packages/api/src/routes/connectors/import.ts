import { endpoints } from '@millwright/contracts';
import { defineRoute } from '../../registry/route.ts';
import { DESCRIPTION_RULES, importUnavailable, withoutQuery } from '../../connectors/descriptions.ts';

/** `POST /api/v1/connectors/import` */
export const importConnector = defineRoute(
  endpoints.connectors.import,
  { ...DESCRIPTION_RULES, audit: 'connector.imported' },
  async ({ body, write, signal }, { importDescription }) => {
    if (importDescription === undefined) throw importUnavailable();
    const { view: imported } = await importDescription({ ...body, signal });
    const from = 'url' in body ? withoutQuery(body.url) : 'text';
    await write(async (_tx, audit) => audit({ kind: 'connector', id: imported.key }, { from, actions: imported.actions.length }));
    return imported;
  },
);
