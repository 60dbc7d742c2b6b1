/** What came of the connectors' suites, per connector. */
import path from 'node:path';
import { isJsonObject, type JsonObject } from '@millwright/core';
import type { DiscoveredPackage, Proof } from '@millwright/node-registry';

/** One test, as vitest's JSON reporter tells it. */
export interface TestTold {
  /** Absolute. */
  readonly file: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** What `describeConnector` leaves behind; null for other tests. */
  readonly meta: { readonly proves: string; readonly isVendors: boolean; readonly accepted: number } | null;
}

/** What came of one package's suites. */
export interface Tally {
  /** Null where nothing ran: descriptions are absent, and there is no live suite. */
  readonly proof: Proof | null;
  readonly failed: number;
  readonly skipped: number;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function metaOf(told: JsonObject): TestTold['meta'] {
  const meta = isJsonObject(told['meta']) ? told['meta']['connector'] : undefined;
  if (!isJsonObject(meta)) return null;
  return { proves: textOf(meta['proves']), isVendors: meta['isVendors'] === true, accepted: Number(meta['accepted']) };
}

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Reads the JSON report of one run of vitest; a file that could not be loaded counts as one failed test. */
export function readReport(text: string): readonly TestTold[] {
  const report: unknown = JSON.parse(text);
  return objects(isJsonObject(report) ? report['testResults'] : []).flatMap((result) => {
    const file = textOf(result['name']);
    const tests = objects(result['assertionResults']).map((told): TestTold => {
      const status = told['status'];
      return { file, status: status === 'passed' || status === 'failed' ? status : 'skipped', meta: metaOf(told) };
    });
    return tests.length === 0 && result['status'] === 'failed' ? [{ file, status: 'failed' as const, meta: null }] : tests;
  });
}

/** Whether a suite ran, and all of it passed. @param suite below the package's folder; undefined: it has none */
function isPassed({ dir }: DiscoveredPackage, suite: string | undefined, tests: readonly TestTold[]): boolean {
  const own = suite === undefined ? [] : tests.filter(({ file }) => file === path.resolve(dir, suite));
  return own.length > 0 && own.every(({ status }) => status === 'passed');
}

/** A badge is given for what passed, not for what package.json claims. */
function badgeOf(nodePackage: DiscoveredPackage, tests: readonly TestTold[]): Proof['badge'] {
  if (isPassed(nodePackage, nodePackage.liveSuite, tests)) return 'live';
  const contract = tests.filter(({ meta }) => meta?.proves === 'contract');
  if (contract.length === 0 || contract.some(({ status }) => status !== 'passed')) return 'none';
  return contract.every(({ meta }) => meta?.isVendors === true) ? 'contract' : 'ownContract';
}

/** Counts the tests of one package. A scenario passed when all of its tests did. */
export function tallyOf(nodePackage: DiscoveredPackage, all: readonly TestTold[]): Tally {
  const tests = all.filter(({ file }) => file.startsWith(`${nodePackage.dir}${path.sep}`));
  const scenarios = Map.groupBy(
    tests.filter(({ meta }) => meta !== null && meta.proves !== 'contract' && meta.proves !== 'badInput'),
    ({ meta }) => meta?.proves,
  );
  const passed = [...scenarios.values()].filter((own) => own.every(({ status }) => status === 'passed'));
  const accepted = tests.map(({ meta }) => (meta?.proves === 'contract' ? meta.accepted : 0)).reduce((sum, one) => sum + one, 0);
  const proof: Proof = {
    badge: badgeOf(nodePackage, tests),
    scenariosPassed: passed.length,
    scenariosApplicable: scenarios.size,
    contractRequests: accepted,
    ...(isPassed(nodePackage, nodePackage.standIn?.suite, tests) ? { standIn: nodePackage.standIn?.name ?? '' } : {}),
  };
  const skipped = tests.filter(({ status }) => status === 'skipped').length;
  return {
    proof: tests.some(({ status }) => status !== 'skipped') ? proof : null,
    failed: tests.filter(({ status }) => status === 'failed').length,
    skipped,
  };
}
