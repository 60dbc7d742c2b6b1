/**
 * `npm test`: sets up what is missing, runs every suite, and ends with one line: `N passed, N failed`.
 * Works on a fresh clone with Node 20.19 or newer; the suites run on the Node that the lockfile pins.
 * `npm test -- unit` (or integration, browser) runs one suite.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled, ROOT } from './install.mjs';

const SUITES = ['unit', 'integration', 'browser'];
const asked = process.argv.slice(2).filter((word) => SUITES.includes(word));
const rest = process.argv.slice(2).filter((word) => !SUITES.includes(word));

await ensureInstalled();
const bin = path.join(ROOT, 'node_modules/.bin');
const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`, FORCE_COLOR: '0' };
const node = path.join(bin, 'node');

const prepared = spawnSync(node, ['scripts/prepare-tests.ts'], { cwd: ROOT, stdio: 'inherit', env });
if (prepared.status !== 0) {
  process.stdout.write('0 passed, 1 failed\n');
  process.exit(1);
}

const results = mkdtempSync(path.join(tmpdir(), 'millwright-results-'));
let passed = 0;
let failed = 0;
let skipped = 0;
/** Named once more at the end: the beginning of a long run scrolls away. */
const failures = [];

/** Runs one suite and adds its counts; a suite that did not run counts as a failure. */
function runSuite(suite) {
  const file = path.join(results, `${suite}.json`);
  const run = spawnSync(
    node,
    [
      path.join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      suite,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...rest,
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env,
    },
  );
  let counts;
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    process.stdout.write(`the ${suite} suite did not run\n`);
    failed += 1;
    return;
  }
  passed += counts.numPassedTests;
  skipped += counts.numPendingTests + counts.numTodoTests;
  noteFailures(suite, counts.testResults);
  const broken = counts.testResults.filter(isBroken).length;
  failed += counts.numFailedTests + broken;
  const ran = counts.numPassedTests + counts.numFailedTests;
  if (ran === 0 && rest.length === 0) {
    process.stdout.write(`the ${suite} suite ran no test\n`);
    failed += 1;
  } else if (run.status !== 0 && counts.numFailedTests + broken === 0) {
    process.stdout.write(`the ${suite} suite ended with code ${run.status}\n`);
    failed += 1;
  }
}

/** Whether a file failed before its tests: what sets them up, or what it imports. */
function isBroken({ status, assertionResults }) {
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
}

/** Remembers what failed and its first line of why. */
function noteFailures(suite, files) {
  for (const { name, status, message, assertionResults } of files) {
    const at = `${suite}: ${path.relative(ROOT, name)}`;
    const wrong = assertionResults.filter((test) => test.status === 'failed');
    for (const test of wrong) failures.push(`${at} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
    if (isBroken({ status, assertionResults })) failures.push(`${at}: ${firstLine(message)}`);
  }
}

function firstLine(text) {
  return String(text ?? '').split('\n', 1)[0];
}

for (const suite of asked.length > 0 ? asked : SUITES) runSuite(suite);
rmSync(results, { recursive: true, force: true });
if (failures.length > 0) process.stdout.write(`failed:\n${failures.map((line) => `  ${line}\n`).join('')}`);
if (skipped > 0) process.stdout.write(`${skipped} skipped\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
