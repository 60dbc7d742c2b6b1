import { messageOf } from '@millwright/core';
import { importedConnectors, type Database } from '@millwright/db';
import { catalogOf, runnersOf, type CatalogFile, type NodeRunners } from '@millwright/node-registry';
import { defineConnector, toNodeTypeInfo, type ConnectorPackage, type CredentialTypeInfo } from '@millwright/node-sdk';
import { toConnectorSpec, type ImportedConnector } from '@millwright/openapi-import';
import type { Logger, Lifecycle } from '@millwright/platform';
import type { NodeTypeCatalog, NodeTypeInfo } from '@millwright/workflow';
import { withEarlierLists } from './with-earlier-lists.ts';

/** A version that is stored, ready for use. */
interface Loaded {
  readonly made: ConnectorPackage;
  readonly nodeTypes: readonly NodeTypeInfo[];
}

/** A connector that is offered: its newest version, and the steps of earlier ones. */
export interface Shown {
  readonly summary: CatalogFile['connectors'][number] & {
    /** How it came, for whoever updates it. */
    readonly made: { readonly version: number; readonly source: string; readonly baseUrl: string | null };
  };
  readonly nodeTypes: readonly NodeTypeInfo[];
}

/** Connectors as they were read last. */
interface Snapshot {
  /** All that were ever made: what has their steps goes on. */
  readonly types: NodeTypeCatalog;
  readonly runners: NodeRunners;
  readonly credentialTypes: readonly CredentialTypeInfo[];
  /** Those that are offered. */
  readonly shown: readonly Shown[];
}

/** What they are read from. */
interface Place {
  readonly db: Pick<Database, 'executor' | 'listen'>;
  readonly log: Logger;
}

type Row = importedConnectors.ImportedConnectorRow;

/** The versions of one connector that can be used, the newest first. */
interface Versions {
  readonly newest: Row;
  readonly loaded: readonly Loaded[];
}

/** Steps as people see them: those that the newest version does not have any more are not offered, but drawn where they are. */
function shownTypes(loaded: readonly Loaded[]): readonly NodeTypeInfo[] {
  const offered = new Set(loaded[0]?.nodeTypes.map(({ type }) => type));
  // Of two that are the same step the newer one has the newer texts.
  const all = new Map(loaded.toReversed().flatMap(({ nodeTypes }) => nodeTypes.map((info) => [nameOf(info), info] as const)));
  return [...all.values()].map((info) => (offered.has(info.type) ? info : { ...info, retired: true }));
}

function nameOf({ type, version }: Pick<NodeTypeInfo, 'type' | 'version'>): string {
  return `${type}@${version}`;
}

function shownOf({ newest: { key, title, version, source, baseUrl }, loaded }: Versions): Shown {
  const summary = {
    key,
    title,
    actions: loaded[0]?.nodeTypes.length ?? 0,
    triggers: 0,
    badge: 'none',
    scenariosPassed: 0,
    scenariosApplicable: 0,
    contractRequests: 0,
    made: { version, source, baseUrl },
  } as const;
  return { summary, nodeTypes: shownTypes(loaded) };
}

/** Kinds of connections, each once: as its newest version has it, for the hosts of all versions. */
function credentialTypesOf(loaded: readonly Loaded[]): readonly CredentialTypeInfo[] {
  const kinds = Map.groupBy(
    loaded.flatMap(({ made }) => made.credentialTypes),
    ({ type }) => type,
  );
  return [...kinds.values()].flatMap(([kind, ...same]) =>
    kind === undefined ? [] : [{ ...kind, hosts: [...new Set([kind, ...same].flatMap(({ hosts }) => hosts))] }],
  );
}

/** Without the steps that newer versions have just so; at least one, as a connector without any does not load. */
function withoutNewer(content: ImportedConnector, newer: readonly Loaded[]): ImportedConnector {
  const known = new Set(newer.flatMap(({ nodeTypes }) => nodeTypes.map(nameOf)));
  const all = Object.entries(content.actions);
  const own = all.filter(([key, { version }]) => !known.has(nameOf({ type: `${content.key}.${key}`, version })));
  return { ...content, actions: Object.fromEntries(own.length > 0 ? own : all.slice(0, 1)) };
}

/**
 * Connectors that were made of descriptions, as they stand in the database. Every process that shows or runs steps has them: they are read at
 * its start, and again when one is added, updated or hidden, wherever that was done. What is in a version never changes, so each is made once.
 */
export class ImportedConnectors {
  readonly #place: Place;
  readonly #loaded = new Map<string, Loaded>();
  readonly #listeners: (() => void)[] = [];
  #now: Snapshot = { types: catalogOf([]), runners: runnersOf([]), credentialTypes: [], shown: [] };
  #turn: Promise<void> = Promise.resolve();

  constructor(place: Place) {
    this.#place = place;
  }

  /** What is there. */
  get now(): Snapshot {
    return this.#now;
  }

  /** As the page of connectors lists them. */
  summaries(): readonly Shown['summary'][] {
    return this.#now.shown.map(({ summary }) => summary);
  }

  /** Calls back after others are there than before. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Reads what is stored, one read after the other. @throws TransientError `database_unavailable`: what was read before stays */
  async read(): Promise<void> {
    const turn = this.#turn.then(() => this.#read());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #read(): Promise<void> {
    const rows = await importedConnectors.all(this.#place.db.executor);
    const connectors = [...Map.groupBy(rows, ({ key }) => key).values()].flatMap((versions) => this.#versions(versions.toReversed()));
    const loaded = connectors.flatMap((one) => one.loaded);
    this.#now = {
      // The last of two wins here, the first among runners: the newer one of the same step.
      types: catalogOf(loaded.toReversed().flatMap(({ nodeTypes }) => nodeTypes)),
      runners: runnersOf(connectors.flatMap((one) => withEarlierLists(one.loaded.map(({ made }) => made)))),
      credentialTypes: connectors.flatMap((one) => credentialTypesOf(one.loaded)),
      shown: connectors.filter(({ newest, loaded: usable }) => !newest.isRemoved && usable.length > 0).map(shownOf),
    };
    for (const listener of this.#listeners) listener();
  }

  /** @param rows of one connector, the newest first */
  #versions(rows: readonly Row[]): readonly Versions[] {
    const loaded: Loaded[] = [];
    for (const row of rows) loaded.push(...this.#usable(row, loaded));
    return rows.slice(0, 1).map((newest) => ({ newest, loaded }));
  }

  /** One that cannot be used takes no other down. */
  #usable(row: Row, newer: readonly Loaded[]): readonly Loaded[] {
    const name = `${row.key}@${row.version}`;
    const known = this.#loaded.get(name);
    if (known !== undefined) return [known];
    try {
      // It was checked when it was stored, and nobody may change it there.
      const made = defineConnector(toConnectorSpec(withoutNewer(row.content as unknown as ImportedConnector, newer)));
      const loaded = { made, nodeTypes: made.nodes.map((node) => ({ ...toNodeTypeInfo(node, made.locales), own: true as const })) };
      this.#loaded.set(name, loaded);
      return [loaded];
    } catch (thrown) {
      const { key: connectorKey, version } = row;
      this.#place.log.error({ connectorKey, version, detail: messageOf(thrown) }, 'a connector made of a description cannot be used');
      return [];
    }
  }
}

/** Reads them, and follows what is added and hidden from now on. @throws TransientError `database_unavailable` */
export async function openImportedConnectors(place: Place, lifecycle: Lifecycle): Promise<ImportedConnectors> {
  const imported = new ImportedConnectors(place);
  const again = (): void => {
    imported.read().catch((thrown: unknown) => place.log.warn({ detail: messageOf(thrown) }, 'imported connectors could not be read'));
  };
  // Heard before it is read: what is added in between is read twice rather than never.
  lifecycle.onStop('imported connectors', place.db.listen(importedConnectors.CONNECTORS_CHANGED, again, again));
  await imported.read();
  return imported;
}
