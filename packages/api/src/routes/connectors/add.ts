import { endpoints } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { importedConnectors } from '@millwright/db';
import { DESCRIPTION_RULES, descriptionChanged, importUnavailable, sourceOf } from '../../connectors/descriptions.ts';
import { defineRoute } from '../../registry/route.ts';

/** Before every key: packages of the product and of others never begin so, so that none ever takes the place of one that was made here. */
const PREFIX = 'imported';

/** The key that a connector gets by its name: it is part of its node types, for ever. @throws UserError `connector_name_invalid` */
function keyOf(title: string): string {
  const plain = title.normalize('NFKD').toLowerCase();
  const name = plain.replaceAll(/[^a-z0-9]/g, '').slice(0, 40);
  if (name !== '') return `${PREFIX}${name}`;
  throw new UserError('invalid', {
    code: 'connector_name_invalid',
    message: `"${title}" has no letter from A to Z and no digit`,
    hint: 'Give the connector a name that has one.',
    details: { field: 'title' },
  });
}

/** `POST /api/v1/connectors`: stored in one transaction with its audit entry; other processes hear of it by that. */
export const addConnector = defineRoute(
  endpoints.connectors.add,
  { ...DESCRIPTION_RULES, audit: 'connector.added' },
  async ({ body, principal, write, signal }, { importDescription, readImportedConnectors }) => {
    if (importDescription === undefined || readImportedConnectors === undefined) throw importUnavailable();
    const { title, operations, digest, fileName, ...source } = body;
    const key = keyOf(title);
    const { view, content } = await importDescription({ ...source, key, title, only: operations, signal });
    if (view.digest !== digest) throw descriptionChanged();
    const from = sourceOf(source, fileName);
    const made = { key, title, content, source: from, baseUrl: source.baseUrl ?? null };
    await write(async (tx, audit) => {
      if (!(await importedConnectors.add(tx, { ...made, by: principal.userId }))) throw taken(title);
      await audit({ kind: 'connector', id: key }, { title, from, actions: view.actions.length, hosts: view.hosts.join(' ') });
    });
    await readImportedConnectors();
    return { key, title, actions: view.actions.length };
  },
);

function taken(title: string): UserError {
  return new UserError('conflict', {
    code: 'connector_exists',
    message: `There is or was a connector of the name "${title}".`,
    hint: 'Choose another name: steps of the other one stay what they are.',
    details: { field: 'title' },
  });
}
