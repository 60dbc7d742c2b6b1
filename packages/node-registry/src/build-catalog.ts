import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isJsonObject } from '@millwright/core';
import type { CredentialTypeInfo } from '@millwright/node-sdk';
import type { NodeTypeInfo } from '@millwright/workflow';
import type { ChildReport } from './catalog-child.ts';
import { hashFolder, type DiscoveredPackage, type Discovery, type PackageFailure } from './discover.ts';
import { Claims } from './package-claims.ts';
import { readProof, type ConnectorSummary } from './proof.ts';

/** `catalog.json`. */
export interface CatalogFile {
  readonly format: 1;
  /** Of all sources that it was made from. */
  readonly hash: string;
  readonly nodeTypes: readonly NodeTypeInfo[];
  /** Kinds of credentials of all connectors. */
  readonly credentialTypes: readonly CredentialTypeInfo[];
  /** Packages that talk to services, with what was proved of them. */
  readonly connectors: readonly ConnectorSummary[];
  /** Packages that are installed but not usable, and why. */
  readonly failures: readonly PackageFailure[];
}

/** How a catalog is built. */
export interface BuildCatalogOptions {
  /** From `discoverNodePackages`. */
  readonly discovery: Discovery;
  /** Absolute path of `catalog.json`; its folder is made when missing. */
  readonly file: string;
  /** Ms for importing all packages together; then each gets as long alone. Default 20,000. */
  readonly timeoutMs?: number;
}

const CHILD = fileURLToPath(new URL('./catalog-child.ts', import.meta.url));

/** Memory of a child, MiB: one that wants more ends alone. */
const MOST_MIB = 512;

/** Runs one child over some packages; what it did not say anything about is missing in the result. */
function runChild(
  entries: readonly string[],
  timeoutMs: number,
): Promise<{ readonly reports: readonly ChildReport[]; readonly last: string }> {
  return new Promise((resolve) => {
    const reports: ChildReport[] = [];
    let stderr = '';
    const child = fork(CHILD, [...entries], {
      execArgv: ['--permission', '--allow-fs-read=*', `--max-old-space-size=${MOST_MIB}`],
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    child.stderr?.on('data', (chunk) => (stderr = (stderr + String(chunk)).slice(-2000)));
    child.on('message', (message) => reports.push(message as ChildReport));
    child.on('close', (code, signal) => {
      const how = signal === 'SIGKILL' ? `did not come back within ${timeoutMs} ms` : `ended its process with code ${String(code)}`;
      resolve({ reports, last: stderr.trim() === '' ? how : `${how}: ${stderr.trim()}` });
    });
  });
}

/**
 * Asks packages what is in them: all in one child; those it did not get to, each in its own, so that one cannot take others down.
 * @param timeoutMs for all together; then for each alone
 * @returns by entry file
 */
export async function inspectPackages(
  packages: readonly DiscoveredPackage[],
  timeoutMs: number,
): Promise<ReadonlyMap<string, ChildReport>> {
  const byEntry = new Map<string, ChildReport>();
  if (packages.length === 0) return byEntry;
  const first = await runChild(
    packages.map(({ entry }) => entry),
    timeoutMs,
  );
  for (const report of first.reports) byEntry.set(report.entry, report);
  for (const { entry } of packages) {
    if (byEntry.has(entry)) continue;
    // Who was alone already is not asked again.
    const alone = packages.length === 1 ? first : await runChild([entry], timeoutMs);
    byEntry.set(entry, alone.reports[0] ?? { entry, reason: alone.last });
  }
  return byEntry;
}

/** Loads one package as a catalog would. @returns why it cannot be used; null when it can */
export async function tryPackage(found: DiscoveredPackage, timeoutMs = 20_000): Promise<string | null> {
  const report = (await inspectPackages([found], timeoutMs)).get(found.entry);
  if (report === undefined) return 'nothing was said of it';
  return 'reason' in report ? report.reason : null;
}

async function summaryOf(
  { key, title, nodeTypes }: Extract<ChildReport, { readonly key: string }>,
  dir: string,
): Promise<ConnectorSummary> {
  const triggers = nodeTypes.filter(({ kind }) => kind === 'trigger').length;
  return { key, title, actions: nodeTypes.length - triggers, triggers, ...(await readProof(dir)) };
}

/** What packages said, put together: of two that claim the same name the first has it, and the other is named. */
export async function mergeReports(
  packages: readonly DiscoveredPackage[],
  reports: ReadonlyMap<string, ChildReport>,
): Promise<Omit<CatalogFile, 'format' | 'hash'>> {
  const nodeTypes: NodeTypeInfo[] = [];
  const credentialTypes: CredentialTypeInfo[] = [];
  const connectors: ConnectorSummary[] = [];
  const failures: PackageFailure[] = [];
  const claims = new Claims();
  // The product's own first: whatever its folder is called, no other package takes their place.
  const ordered = [...packages].sort((one, other) => Number(other.isCore) - Number(one.isCore));
  for (const { entry, name, dir, isConnector, isCore, isOwn } of ordered) {
    const report = reports.get(entry);
    if (report === undefined) continue;
    if ('reason' in report) {
      failures.push({ packageName: name, reason: report.reason, ...(report.at === undefined ? {} : { at: report.at }) });
      continue;
    }
    const refusal = claims.take(name, report, isCore);
    if (refusal !== null) {
      failures.push({ packageName: name, reason: refusal });
      continue;
    }
    nodeTypes.push(...(isOwn ? report.nodeTypes.map((info) => ({ ...info, own: true as const })) : report.nodeTypes));
    credentialTypes.push(...report.credentialTypes);
    if (isConnector) connectors.push(await summaryOf(report, dir));
  }
  return { nodeTypes, credentialTypes, connectors, failures };
}

async function sourceHash({ packages, failures }: Discovery): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  const hash = createHash('sha256').update(process.version);
  for (const name of ['@millwright/node-sdk', '@millwright/workflow']) hash.update(await hashFolder(path.dirname(resolve(name))));
  hash.update(await hashFolder(path.dirname(CHILD)));
  hash.update(JSON.stringify([packages.map(({ name, hash: own }) => [name, own]), failures]));
  return hash.digest('hex');
}

/** Reads a catalog file; null when there is none or it is not one of ours. */
export async function readCatalogFile(file: string): Promise<CatalogFile | null> {
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'));
    const isOurs = isJsonObject(json) && json['format'] === 1 && Array.isArray(json['nodeTypes']);
    // One that an earlier release wrote knows no credentials.
    return isOurs ? ({ credentialTypes: [], connectors: [], ...json } as unknown as CatalogFile) : null;
  } catch {
    return null;
  }
}

/**
 * Writes `catalog.json` when the sources have changed since it was written. Packages are imported in a short-lived child
 * process that may not write files, start processes or see our environment. Written whole or not at all.
 * @returns the catalog as it stands, with the packages that cannot be used
 */
export async function buildCatalog({ discovery, file, timeoutMs = 20_000 }: BuildCatalogOptions): Promise<CatalogFile> {
  const hash = await sourceHash(discovery);
  const present = await readCatalogFile(file);
  if (present?.hash === hash) return present;
  const { failures, ...found } = await mergeReports(discovery.packages, await inspectPackages(discovery.packages, timeoutMs));
  const catalog: CatalogFile = { format: 1, hash, ...found, failures: [...discovery.failures, ...failures] };
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify(catalog));
  await rename(`${file}.${process.pid}`, file);
  return catalog;
}
