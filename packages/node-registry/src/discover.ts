import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isJsonObject, messageOf, UserError, type JsonValue } from '@millwright/core';
import type { SourcePlace } from './source-place.ts';

/** An installed node package, not loaded yet. */
export interface DiscoveredPackage {
  /** npm name. */
  readonly name: string;
  readonly version: string;
  /** Absolute folder. */
  readonly dir: string;
  /** Absolute file whose default export is the package. */
  readonly entry: string;
  /** Hash of its sources: another one means that the catalog is stale. */
  readonly hash: string;
  /** Whether it talks to a service: all but `core-*` and `test-*`, unless its package.json says so by `millwright.proof`. */
  readonly isConnector: boolean;
  /** One of the product's own, `nodes/core-*`: it may take the product's names and sign with credentials of others. */
  readonly isCore: boolean;
  /** Whether the install added it itself: it does not come with the product, whose packages say `millwright.shipped`. */
  readonly isOwn: boolean;
  /** `millwright.proof.live`: its suite that runs against a real server, below its folder. Absent: it has none. */
  readonly liveSuite?: string;
  /** `millwright.proof.standIn`: the vendor's own stand-in for its service, and the suite that runs against it. Absent: there is none. */
  readonly standIn?: StandIn;
}

/** A program by which a vendor stands in for its service. */
export interface StandIn {
  /** `stripe-mock`, also the program's name. */
  readonly name: string;
  /** Below the package's folder. */
  readonly suite: string;
  /** Go module with its version, which `go install` makes it of. */
  readonly go: string;
}

/** A package that could not be used, by name and with the reason. */
export interface PackageFailure {
  readonly packageName: string;
  readonly reason: string;
  /** Where in its sources it came from, where that is known. */
  readonly at?: SourcePlace;
}

/** What was found. */
export interface Discovery {
  readonly packages: readonly DiscoveredPackage[];
  readonly failures: readonly PackageFailure[];
}

const SKIPPED = new Set(['node_modules', 'dist', '.git']);

async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const lists = await Promise.all(
    entries.map(async (entry) => {
      const file = path.join(dir, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesBelow(file);
      return /\.test\.[jt]s$/.test(entry.name) ? [] : [file];
    }),
  );
  return lists.flat().toSorted();
}

/** Hash of the files in a folder, by name and content; dependencies and tests left out. */
export async function hashFolder(dir: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await filesBelow(dir))
    hash
      .update(path.relative(dir, file))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
}

function standInOf(mark: JsonValue | undefined): Pick<DiscoveredPackage, 'standIn'> {
  if (!isJsonObject(mark)) return {};
  const { name, suite, go } = mark;
  return typeof name === 'string' && typeof suite === 'string' && typeof go === 'string' ? { standIn: { name, suite, go } } : {};
}

async function readPackage(dir: string, nodesDir: string): Promise<DiscoveredPackage | null> {
  const text = await readFile(path.join(dir, 'package.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const json: unknown = JSON.parse(text);
  const marks = isJsonObject(json) ? json['millwright'] : undefined;
  if (!isJsonObject(json) || !isJsonObject(marks) || marks['node'] === undefined) return null;
  const entry = marks['node'];
  if (typeof entry !== 'string' || path.relative(dir, path.resolve(dir, entry)).startsWith('..')) {
    throw new UserError('invalid', {
      code: 'node_package_invalid',
      message: `millwright.node in package.json is ${JSON.stringify(entry)}: write the entry file, like "./src/index.ts"`,
    });
  }
  const { name, version } = json;
  const proof = isJsonObject(marks['proof']) ? marks['proof'] : null;
  const live = proof?.['live'];
  return {
    name: typeof name === 'string' ? name : path.basename(dir),
    version: typeof version === 'string' ? version : '0.0.0',
    dir,
    entry: path.resolve(dir, entry),
    hash: await hashFolder(dir),
    isCore: path.dirname(dir) === nodesDir && path.basename(dir).startsWith('core-'),
    isOwn: marks['shipped'] !== true,
    isConnector: proof !== null || !/^(core|test)-/.test(path.basename(dir)),
    ...(typeof live === 'string' ? { liveSuite: live } : {}),
    ...standInOf(proof?.['standIn']),
  };
}

/**
 * Finds the node packages of an install: folders below `nodes/` whose package.json has the key `millwright.node`.
 * @param rootDir absolute folder that holds `nodes/`
 * @param options.tests whether `nodes/test-*` count. Default false: never in production
 * @param options.also absolute folders of further packages, anywhere. Default none
 */
export async function discoverNodePackages(
  rootDir: string,
  options: { readonly tests?: boolean; readonly also?: readonly string[] } = {},
): Promise<Discovery> {
  const nodesDir = path.join(rootDir, 'nodes');
  const names = (await readdir(nodesDir, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && (options.tests === true || !entry.name.startsWith('test-')))
    .map((entry) => entry.name);
  const packages: DiscoveredPackage[] = [];
  const failures: PackageFailure[] = [];
  const folders = names.toSorted().map((name) => path.join(nodesDir, name));
  for (const folder of new Set([...folders, ...(options.also ?? [])])) {
    try {
      const found = await readPackage(folder, nodesDir);
      if (found !== null) packages.push(found);
    } catch (failure) {
      failures.push({ packageName: path.basename(folder), reason: messageOf(failure) });
    }
  }
  return { packages, failures };
}
