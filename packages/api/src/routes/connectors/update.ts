import { endpoints, type ConnectorChangesView } from '@millwright/contracts';
import { UserError } from '@millwright/core';
import { widenHosts } from '@millwright/credentials';
import { importedConnectors, type TenantTx } from '@millwright/db';
import { changesOf, DESCRIPTION_RULES, descriptionChanged, importUnavailable, sourceOf } from '../../connectors/descriptions.ts';
import { notFound } from '../../problems.ts';
import { defineRoute } from '../../registry/route.ts';

type Kind = ConnectorChangesView['operations'][number]['kind'];

/** `POST /api/v1/connectors/:connectorKey/versions`: stored in one transaction, or not at all; other processes hear of it by that. */
export const updateConnector = defineRoute(
  endpoints.connectors.update,
  { ...DESCRIPTION_RULES, audit: 'connector.updated' },
  async ({ params: { connectorKey: key }, body, principal, read, write, signal }, { importDescription, readImportedConnectors }) => {
    if (importDescription === undefined || readImportedConnectors === undefined) throw importUnavailable();
    const { operations, digest, version, hosts, fileName, ...source } = body;
    const versions = await read(async (tx) => importedConnectors.versionsOf(tx, key));
    const [{ title } = { title: '' }] = versions;
    checkNewest(versions.at(-1)?.version ?? null, version);
    const earlier = versions.map(({ content }) => content);
    const imported = await importDescription({ ...source, key, title, only: operations, earlier, signal });
    if (imported.view.digest !== digest) throw descriptionChanged();
    const changes = changesOf(imported);
    checkChanges(changes, hosts);
    const from = sourceOf(source, fileName);
    const next = { key, version: version + 1, content: imported.content, source: from, baseUrl: source.baseUrl ?? null };
    await write(async (tx, audit) => {
      checkNewest(await importedConnectors.holdNewest(tx, key), version);
      await importedConnectors.addVersion(tx, { ...next, by: principal.userId });
      const connections = await widen(tx, { key, hosts: imported.view.hosts, changes });
      await audit({ kind: 'connector', id: key }, { title, version: next.version, from, ...counted(changes), connections });
    });
    await readImportedConnectors();
    return { key, title, version: next.version, actions: imported.view.actions.length };
  },
);

/** Nobody may have removed or updated it since it was looked at. */
function checkNewest(newest: number | null, seen: number): void {
  if (newest === null) throw notFound('connector');
  if (newest !== seen)
    throw new UserError('conflict', {
      code: 'connector_changed',
      message: `The connector has version ${newest} by now, and you looked at version ${seen}.`,
      hint: 'Read the description again, and look at what it changes now.',
    });
  if (newest < importedConnectors.MOST_VERSIONS) return;
  throw new UserError('conflict', {
    code: 'connector_versions_full',
    message: `A connector has ${importedConnectors.MOST_VERSIONS} versions at most.`,
    hint: 'Add the description as another connector.',
  });
}

function checkChanges({ operations, hostsAdded, signInAdded, isReworded }: ConnectorChangesView, confirmed: readonly string[]): void {
  const unconfirmed = hostsAdded.filter((host) => !confirmed.includes(host));
  if (unconfirmed.length > 0)
    throw new UserError('unprocessable', {
      code: 'hosts_unconfirmed',
      message: `Requests would also go to ${unconfirmed.join(', ')}.`,
      hint: 'Confirm these hosts, or leave out the operations that need them.',
      details: { hosts: unconfirmed },
    });
  if (isReworded || signInAdded.length > 0 || hostsAdded.length > 0 || operations.some(({ kind }) => kind !== 'same')) return;
  throw new UserError('unprocessable', {
    code: 'connector_unchanged',
    message: 'The connector does what the description says already.',
    hint: 'Nothing has to be updated.',
  });
}

/** Connections follow the hosts that were confirmed. @returns how many */
function widen(
  tx: TenantTx,
  { key, hosts, changes }: { readonly key: string; readonly hosts: readonly string[]; readonly changes: ConnectorChangesView },
): Promise<number> {
  const { hostsAdded: added, hostsRemoved } = changes;
  const before = [...hosts.filter((host) => !added.includes(host)), ...hostsRemoved];
  return widenHosts(tx, { connectorKey: key, before, added });
}

function counted({ operations, hostsAdded }: ConnectorChangesView) {
  const count = (wanted: Kind): number => operations.filter(({ kind }) => kind === wanted).length;
  return { added: count('added'), changed: count('changed'), removed: count('removed'), hosts: hostsAdded.join(' ') };
}
