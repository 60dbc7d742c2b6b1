/**
 * `npm run connectors`: runs the suites of all connectors and prints what is proved of each: connector → operations → badge → scenarios.
 * The result is kept beside each connector (`proof.json`), where the catalog reads it. `-- --json FILE` writes it as data,
 * `-- --only KEY` runs one. A connector of more lines than the budget is marked. Ends with 1 when a test failed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildCatalog, discoverNodePackages, PROOF_FILE, readProof, type DiscoveredPackage } from '@millwright/node-registry';
import { MOST_LINES, perTen, sourceLines } from './sizes.ts';
import { readReport, tallyOf, type TestTold } from './tally.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BADGES = { live: 'live server', contract: 'contract', ownContract: 'own contract', none: 'not proved' } as const;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs tests of one of vitest's projects. */
async function runTests(project: string, where: readonly string[], folder: string): Promise<readonly TestTold[]> {
  const file = path.join(folder, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=json', `--outputFile=${file}`, '--passWithNoTests', ...where];
  spawnSync(process.execPath, [path.join(ROOT, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, MILLWRIGHT_PROVING: '1' },
  });
  return readReport(await readFile(file, 'utf8'));
}

/** Where `go install` puts programs, and the suites look for them. */
const GO_BIN = path.join(homedir(), 'go', 'bin');

/** Makes a vendor's stand-in where it is missing and Go is there; what is absent is said, its suite is skipped. */
function installStandIn({ dir, standIn }: DiscoveredPackage): void {
  if (standIn === undefined || existsSync(path.join(GO_BIN, standIn.name))) return;
  say(`${path.basename(dir)}: making ${standIn.name}, once`);
  const { status } = spawnSync('go', ['install', standIn.go], { stdio: 'ignore', env: { ...process.env, GOBIN: GO_BIN } });
  if (status !== 0) say(`${path.basename(dir)}: not proved against ${standIn.name}: Go is not installed, or cannot fetch it`);
}

/** The unit suites of the packages, and their suites against real servers. */
async function runSuites(packages: readonly DiscoveredPackage[], folder: string): Promise<readonly TestTold[]> {
  const unit = packages.map(({ dir }) => `${path.relative(ROOT, dir)}/`);
  for (const nodePackage of packages) installStandIn(nodePackage);
  const live = packages.flatMap(({ dir, liveSuite, standIn }) =>
    [liveSuite, standIn?.suite].flatMap((suite) =>
      suite?.endsWith('.int.test.ts') === true ? [path.relative(ROOT, path.resolve(dir, suite))] : [],
    ),
  );
  const ran = await runTests('unit', unit, folder);
  return live.length === 0 ? ran : [...ran, ...(await runTests('integration', live, folder))];
}

interface Row {
  readonly key: string;
  readonly actions: number;
  readonly triggers: number;
  readonly badge: keyof typeof BADGES;
  readonly scenariosPassed: number;
  readonly scenariosApplicable: number;
  readonly contractRequests: number;
  /** The vendor's own stand-in that it ran against, too; empty: none. */
  readonly standIn: string;
  /** Lines of source per ten operations. */
  readonly linesPerTen: number;
}

function table(rows: readonly Row[]): string {
  const lines = [
    ['connector', 'actions', 'triggers', 'badge', 'scenarios', 'accepted requests', 'lines per 10'],
    ...rows.map((row) => [
      row.key,
      String(row.actions),
      String(row.triggers),
      `${BADGES[row.badge]}${row.standIn === '' ? '' : `, ${row.standIn}`}`,
      `${row.scenariosPassed}/${row.scenariosApplicable}`,
      String(row.contractRequests),
      `${row.linesPerTen}${row.linesPerTen > MOST_LINES ? ' *' : ''}`,
    ]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Packages are named as their folders, `core-http` by `core-http`. */
function folderOf(dir: string, key: string): boolean {
  return path.basename(dir) === key;
}

async function main(folder: string): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
  const discovery = await discoverNodePackages(ROOT);
  const chosen = discovery.packages.filter(
    ({ isConnector, dir }) => isConnector && (values.only === undefined || path.basename(dir) === values.only),
  );
  const tests = await runSuites(chosen, folder);
  let failed = 0;
  for (const nodePackage of chosen) {
    const tally = tallyOf(nodePackage, tests);
    failed += tally.failed;
    const name = path.basename(nodePackage.dir);
    if (tally.failed + tally.skipped > 0) say(`${name}: ${tally.failed} failed, ${tally.skipped} skipped`);
    // What was proved elsewhere stays true where the descriptions, or a stand-in, are absent.
    const { standIn } = tally.skipped > 0 ? await readProof(nodePackage.dir) : {};
    const proof = tally.proof === null || standIn === undefined ? tally.proof : { ...tally.proof, standIn };
    if (proof !== null) await writeFile(path.join(nodePackage.dir, PROOF_FILE), `${JSON.stringify(proof, null, 2)}\n`);
  }
  const again = await discoverNodePackages(ROOT);
  const { connectors, failures } = await buildCatalog({ discovery: again, file: path.join(folder, 'catalog.json') });
  for (const { packageName, reason } of failures) say(`${packageName} cannot be used: ${reason}`);
  const rows = connectors.map(
    ({ key, actions, triggers, badge, scenariosPassed, scenariosApplicable, contractRequests, standIn }): Row => ({
      key,
      actions,
      triggers,
      badge,
      scenariosPassed,
      scenariosApplicable,
      contractRequests,
      standIn: standIn ?? '',
      linesPerTen: perTen(
        sourceLines(path.join(again.packages.find(({ dir }) => folderOf(dir, key))?.dir ?? '', 'src')),
        actions + triggers,
      ),
    }),
  );
  say(table(rows));
  say(`* more than ${MOST_LINES} lines of source per ten operations (blank lines and comments left out)`);
  if (values.json !== undefined) await writeFile(path.resolve(values.json), `${JSON.stringify(rows, null, 2)}\n`);
  return failed === 0 && failures.length === 0 ? 0 : 1;
}

const folder = await mkdtemp(path.join(tmpdir(), 'millwright-connectors-'));
try {
  process.exitCode = await main(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}
