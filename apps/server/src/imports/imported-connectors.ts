import { messageOf } from '@millwright/core';
import { importedConnectors, type Database } from '@millwright/db';
import { catalogOf, runnersOf, type CatalogFile, type NodeRunners } from '@millwright/node-registry';
import { defineConnector, toNodeTypeInfo, type ConnectorPackage, type CredentialTypeInfo } from '@millwright/node-sdk';
import { toConnectorSpec, type ImportedConnector } from '@millwright/openapi-import';
import type { Logger, Lifecycle } from '@millwright/platform';
import type { NodeTypeCatalog, NodeTypeInfo } from '@millwright/workflow';

/** What is stored, ready for use. */
interface Loaded {
  readonly made: ConnectorPackage;
  readonly nodeTypes: readonly NodeTypeInfo[];
}

/** Connectors as they were read last. */
interface Snapshot {
  /** All that were ever made: what has their steps goes on. */
  readonly types: NodeTypeCatalog;
  readonly runners: NodeRunners;
  readonly credentialTypes: readonly CredentialTypeInfo[];
  /** Those that are offered. */
  readonly shown: readonly Loaded[];
}

/** What they are read from. */
interface Place {
  readonly db: Pick<Database, 'executor' | 'listen'>;
  readonly log: Logger;
}

function summaryOf({ made, nodeTypes }: Loaded): CatalogFile['connectors'][number] {
  const { key, title } = made;
  return {
    key,
    title,
    actions: nodeTypes.length,
    triggers: 0,
    badge: 'none',
    scenariosPassed: 0,
    scenariosApplicable: 0,
    contractRequests: 0,
  };
}

/**
 * Connectors that were made of descriptions, as they stand in the database. Every process that shows or runs steps has them: they are read at
 * its start, and again when one is added or hidden, wherever that was done. What is in one never changes, so each is made once.
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
  summaries(): CatalogFile['connectors'] {
    return this.#now.shown.map(summaryOf);
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
    const usable = rows.flatMap((row) => {
      const loaded = this.#loaded.get(row.key) ?? this.#load(row);
      return loaded === null ? [] : [{ loaded, isRemoved: row.isRemoved }];
    });
    const shown = usable.flatMap(({ loaded, isRemoved }) => (isRemoved ? [] : [loaded]));
    this.#now = {
      types: catalogOf(usable.flatMap(({ loaded }) => loaded.nodeTypes)),
      runners: runnersOf(usable.map(({ loaded }) => loaded.made)),
      credentialTypes: usable.flatMap(({ loaded }) => loaded.made.credentialTypes),
      shown,
    };
    for (const listener of this.#listeners) listener();
  }

  /** One that cannot be used takes no other down. */
  #load({ key, content }: importedConnectors.ImportedConnectorRow): Loaded | null {
    try {
      // It was checked when it was stored, and nobody may change it there.
      const made = defineConnector(toConnectorSpec(content as unknown as ImportedConnector));
      const loaded = { made, nodeTypes: made.nodes.map((node) => ({ ...toNodeTypeInfo(node, made.locales), own: true as const })) };
      this.#loaded.set(key, loaded);
      return loaded;
    } catch (thrown) {
      this.#place.log.error({ connectorKey: key, detail: messageOf(thrown) }, 'a connector made of a description cannot be used');
      return null;
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
