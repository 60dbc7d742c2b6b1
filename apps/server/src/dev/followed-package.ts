import path from 'node:path';
import { readFile } from 'node:fs/promises';
import type { NodeFault } from '@millwright/api';
import { messageOf } from '@millwright/core';
import {
  inspectPackages,
  loadPackage,
  sourcePlace,
  type ChildReport,
  type DiscoveredPackage,
  type SourcePlace,
} from '@millwright/node-registry';
import type { NodePackage } from '@millwright/node-sdk';
import { faultAt } from './source-fault.ts';
import { findTypeFaults } from './type-faults.ts';

/** A package takes longer than this to load, and is taken for one that loops, in ms. */
const LOAD_MS = 5000;

/** What a state of a package's sources gives when it can be used. */
export interface UsablePackage {
  readonly report: Extract<ChildReport, { readonly key: string }>;
  readonly loaded: NodePackage;
}

/** A package whose sources are followed. */
export interface FollowedPackage {
  readonly found: DiscoveredPackage;
  /** The last state without faults; null where there was none yet. */
  readonly good: UsablePackage | null;
  /** What is wrong with the state that lies there now. */
  readonly faults: readonly NodeFault[];
}

/** Where and how packages are tried. */
export interface Trying {
  /** The checkout. */
  readonly root: string;
  /** Where the type checker keeps what it remembers; null: types are not checked. */
  readonly checks: string | null;
}

/** Where a package begins, for faults that name no line of their own. */
async function beginning({ entry }: DiscoveredPackage): Promise<SourcePlace> {
  const lines = (await readFile(entry, 'utf8').catch(() => '')).split('\n');
  const line = lines.findIndex((text) => text.startsWith('export default')) + 1;
  return { file: entry, line: Math.max(1, line), column: 1 };
}

/** Imports a state into this process, after a process of its own survived that. */
async function load(
  found: DiscoveredPackage,
  report: ChildReport | undefined,
  { root }: Trying,
): Promise<UsablePackage | { readonly fault: NodeFault }> {
  const reason = report === undefined ? 'nothing was said of it' : 'reason' in report ? report.reason : null;
  const at = report !== undefined && 'reason' in report ? report.at : undefined;
  if (reason !== null || report === undefined || 'reason' in report)
    return { fault: await faultAt(`It cannot be loaded: ${reason ?? ''}`, at ?? (await beginning(found)), root) };
  try {
    return { report, loaded: await loadPackage(found.entry, found.hash) };
  } catch (thrown) {
    const place = sourcePlace(thrown, [found.dir]) ?? (await beginning(found));
    return { fault: await faultAt(`It cannot be loaded: ${messageOf(thrown)}`, place, root) };
  }
}

/**
 * Tries the state of a package that lies there now. It is taken over when it loads and its types fit; else the last good one goes on, and
 * what is wrong is named. Of a package that never was good one that loads is better than none.
 */
export async function tryState(found: DiscoveredPackage, before: FollowedPackage | undefined, trying: Trying): Promise<FollowedPackage> {
  const [reports, typeFaults] = await Promise.all([
    inspectPackages([found], LOAD_MS),
    trying.checks === null ? [] : findTypeFaults(found, { root: trying.root, folder: trying.checks }),
  ]);
  const state = await load(found, reports.get(found.entry), trying);
  const good = before?.good ?? null;
  if ('fault' in state) return { found, good, faults: [...typeFaults, state.fault] };
  return { found, good: typeFaults.length === 0 || good === null ? state : good, faults: typeFaults };
}

/** Takes over what lies there at the start, without looking at types: all packages in one process. */
export async function takeAll(packages: readonly DiscoveredPackage[], trying: Trying): Promise<readonly FollowedPackage[]> {
  const reports = await inspectPackages(packages, LOAD_MS * 4);
  return Promise.all(
    packages.map(async (found) => {
      const state = await load(found, reports.get(found.entry), trying);
      return 'fault' in state ? { found, good: null, faults: [state.fault] } : { found, good: state, faults: [] };
    }),
  );
}

/** Whether a node type is one of this package: by what it last said, or by its folder where it never said anything. */
export function hasType({ found, good }: FollowedPackage, type: string): boolean {
  if (good !== null) return good.report.nodeTypes.some((info) => info.type === type);
  return type.startsWith(`${path.basename(found.dir)}.`);
}
