import { endpoints } from '@millwright/contracts';
import { importedConnectors } from '@millwright/db';
import { changesOf, DESCRIPTION_RULES, importUnavailable, withoutQuery } from '../../connectors/descriptions.ts';
import { notFound } from '../../problems.ts';
import { defineRoute } from '../../registry/route.ts';

/** `POST /api/v1/connectors/:connectorKey/compare` */
export const compareConnector = defineRoute(
  endpoints.connectors.compare,
  { ...DESCRIPTION_RULES, audit: 'connector.compared' },
  async ({ params: { connectorKey: key }, body, read, write, signal }, { importDescription }) => {
    if (importDescription === undefined) throw importUnavailable();
    const versions = await read(async (tx) => importedConnectors.versionsOf(tx, key));
    const newest = versions.at(-1);
    if (newest === undefined) throw notFound('connector');
    const earlier = versions.map(({ content }) => content);
    const imported = await importDescription({ ...body, key, title: newest.title, earlier, signal });
    const from = 'url' in body ? withoutQuery(body.url) : 'text';
    await write(async (_tx, audit) => audit({ kind: 'connector', id: key }, { from, version: newest.version }));
    return { version: newest.version, found: imported.view, changes: changesOf(imported) };
  },
);
