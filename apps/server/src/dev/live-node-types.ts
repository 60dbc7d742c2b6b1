import path from 'node:path';
import { readdir } from 'node:fs/promises';
import type { NodeFault } from '@millwright/api';
import { messageOf } from '@millwright/core';
import { controlNodeTypes } from '@millwright/engine';
import { catalogOf, discoverNodePackages, mergeReports, runnersOf, type CatalogFile, type NodeRunners } from '@millwright/node-registry';
import type { NodeTypeCatalog } from '@millwright/workflow';
import { ROOT, type InstalledNodeTypes, type NodeTypesPlace } from '../node-types.ts';
import { hasType, takeAll, tryState, type FollowedPackage, type Trying } from './followed-package.ts';
import { tellTerminal } from './terminal.ts';
import { watchSources } from './watch-sources.ts';
import { withSource } from './with-source.ts';

/** What node types are followed with. */
export interface LiveOptions extends NodeTypesPlace {
  /** A package, or a folder of packages, outside of `nodes/`. */
  readonly folder?: string | undefined;
  /** Whether types are checked and the developer is told; not in processes beside the first. */
  readonly isFirst: boolean;
}

/** Node types that follow their sources: `millwright dev`. */
export interface LiveNodeTypes extends InstalledNodeTypes {
  /** What is wrong in the sources of a node type. */
  readonly faults: (type: string) => readonly NodeFault[];
  /** The package's folder of a node type; null: no package has it. */
  readonly folderOf: (type: string) => string | null;
  /** Calls back after node types or their faults have changed. */
  readonly onChange: (listener: () => void) => void;
  /** Stops following. */
  readonly close: () => Promise<void>;
}

/** Node types as they are at one moment. */
interface Snapshot {
  readonly packages: readonly FollowedPackage[];
  readonly catalog: Pick<CatalogFile, 'credentialTypes' | 'connectors'>;
  readonly types: NodeTypeCatalog;
  readonly runners: NodeRunners;
}

async function snapshotOf(packages: readonly FollowedPackage[]): Promise<Snapshot> {
  const usable = packages.flatMap(({ found, good }) => (good === null ? [] : [{ found, good }]));
  const catalog = await mergeReports(
    usable.map(({ found }) => found),
    new Map(usable.map(({ found, good }) => [found.entry, good.report])),
  );
  return {
    packages,
    catalog,
    types: catalogOf([...catalog.nodeTypes, ...controlNodeTypes]),
    runners: runnersOf(usable.map(({ good }) => good.loaded)),
  };
}

/** The folder itself where it is a package, else those in it. */
async function packagesIn(folder: string | undefined): Promise<readonly string[]> {
  if (folder === undefined) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'package.json')) return [folder];
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
}

function sayOf({ found, faults, good }: FollowedPackage): string {
  if (faults.length === 0) return `${found.name}: loaded anew.`;
  const goesOn = good === null ? 'it is not in the editor' : 'what was loaded before goes on working';
  const list = faults.map(({ place, text, source }) => `  ${place}\n    ${source}\n    ${text}`);
  return [`${found.name}: ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}; ${goesOn}.`, ...list].join('\n');
}

class Follower {
  readonly #options: LiveOptions;
  readonly #trying: Trying;
  readonly #listeners: (() => void)[] = [];
  now: Snapshot;

  constructor(options: LiveOptions, trying: Trying, first: Snapshot) {
    this.#options = options;
    this.#trying = trying;
    this.now = first;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  packageOf(type: string): FollowedPackage | undefined {
    return this.now.packages.find((one) => hasType(one, type));
  }

  /** Tries every package whose sources are others than before, and tells what came of it. */
  async follow(): Promise<void> {
    const { log, isFirst } = this.#options;
    try {
      const found = await discover(this.#options);
      const known = new Map(this.now.packages.map((one) => [one.found.dir, one]));
      const changed = found.filter(({ dir, hash }) => known.get(dir)?.found.hash !== hash);
      if (changed.length === 0 && found.length === known.size) return;
      const tried = new Map<string, FollowedPackage>();
      for (const one of changed) tried.set(one.dir, await tryState(one, known.get(one.dir), this.#trying));
      this.now = await snapshotOf(found.flatMap(({ dir }) => tried.get(dir) ?? known.get(dir) ?? []));
      for (const listener of this.#listeners) listener();
      for (const one of isFirst ? tried.values() : []) tellTerminal(sayOf(one));
    } catch (thrown) {
      log.error({ detail: messageOf(thrown) }, 'node packages could not be read anew');
    }
  }
}

async function discover({ tests, folder }: LiveOptions) {
  const { packages } = await discoverNodePackages(ROOT, { tests, also: await packagesIn(folder) });
  return packages;
}

/** Installs the node types and follows their sources: new code, catalog and faults without a restart. */
export async function followNodeTypes(options: LiveOptions): Promise<LiveNodeTypes> {
  const { dataDir, folder, isFirst, log } = options;
  const trying: Trying = { root: ROOT, checks: isFirst ? path.join(dataDir, 'dev') : null };
  const first = await snapshotOf(await takeAll(await discover(options), trying));
  for (const { found, faults } of first.packages)
    if (faults.length > 0) log.error({ packageName: found.name, faults }, 'a node package cannot be used');
  const follower = new Follower(options, trying, first);
  const folders = [path.join(ROOT, 'nodes'), ...(folder === undefined ? [] : [folder])];
  const close = await watchSources(folders, () => follower.follow());
  const get: NodeRunners['get'] = (type, version) => follower.now.runners.get(type, version);
  return {
    catalog: { get: (type, version) => follower.now.types.get(type, version), all: () => follower.now.types.all() },
    runners: {
      get: withSource({ get }, { root: ROOT, folders }),
      connector: (key) => follower.now.runners.connector(key),
      polls: (...keys) => follower.now.runners.polls(...keys),
      failures: [],
    },
    credentialTypes: {
      get: (type) => follower.now.catalog.credentialTypes.find((one) => one.type === type),
      all: () => follower.now.catalog.credentialTypes,
    },
    connectors: () => follower.now.catalog.connectors,
    faults: (type) => follower.packageOf(type)?.faults ?? [],
    folderOf: (type) => follower.packageOf(type)?.found.dir ?? null,
    onChange: (listener) => follower.onChange(listener),
    close,
  };
}
