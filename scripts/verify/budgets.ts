/**
 * File budgets, as ratchets: lines a file, lines a function, parameters, files a folder.
 * `budgets.json` lists the exceptions, each with its reason; an exception that is no longer needed, or larger
 * than needed, fails too, so that the list only shrinks.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { report, ROOT, sourceFiles, type SourceFile } from './source-files.ts';

const FILE_LINES = 300;
const FOLDER_FILES = 15;

interface Exception {
  readonly allow: number;
  readonly why: string;
}

/** `lines` and `functions` by file, `folders` by folder. */
export interface Exceptions {
  readonly lines: Readonly<Record<string, Exception>>;
  readonly functions: Readonly<Record<string, Exception>>;
  readonly folders: Readonly<Record<string, Exception>>;
}

interface Budget {
  /** What is counted, for messages. */
  readonly what: string;
  readonly most: number;
}

function compare({ what, most }: Budget, counts: ReadonlyMap<string, number>, exceptions: Readonly<Record<string, Exception>>): string[] {
  const findings: string[] = [];
  for (const [place, count] of counts) {
    const exception = exceptions[place];
    if (count > (exception?.allow ?? most)) findings.push(`${place} has ${count} ${what}, the budget is ${exception?.allow ?? most}`);
    if (exception && count < exception.allow)
      findings.push(`${place} has ${count} ${what}: lower its exception from ${exception.allow} in budgets.json`);
  }
  for (const place of Object.keys(exceptions)) if (!counts.has(place)) findings.push(`budgets.json names ${place}, which is gone: drop it`);
  return findings;
}

function linesOf(file: SourceFile): number {
  return file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0);
}

/** Long files and full folders. */
export function checkFiles(files: readonly SourceFile[], exceptions: Exceptions): readonly string[] {
  const lines = new Map<string, number>();
  const folders = new Map<string, number>();
  for (const file of files.filter((entry) => !entry.isTest)) {
    lines.set(file.path, linesOf(file));
    const folder = path.posix.dirname(file.path);
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  return [
    ...compare({ what: 'lines', most: FILE_LINES }, lines, exceptions.lines),
    ...compare({ what: 'files', most: FOLDER_FILES }, folders, exceptions.folders),
  ];
}

interface Diagnostic {
  readonly filename: string;
  readonly message: string;
}

/** Long functions and those with many parameters, counted per file by the linter. */
function checkFunctions(files: readonly SourceFile[], exceptions: Exceptions): readonly string[] {
  const bin = path.join(ROOT, 'node_modules/.bin/oxlint');
  const run = spawnSync(
    bin,
    [
      '-c',
      'scripts/verify/budgets.oxlintrc.json',
      '--disable-nested-config',
      '-f',
      'json',
      'apps',
      'packages',
      'nodes',
      'temporal',
      'scripts',
    ],
    {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const diagnostics = (JSON.parse(run.stdout) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics;
  const counts = new Map<string, number>(files.filter((file) => !file.isTest).map((file) => [file.path, 0]));
  const where = new Map<string, string[]>();
  for (const { filename, message } of diagnostics.filter((found) => counts.has(found.filename))) {
    counts.set(filename, (counts.get(filename) ?? 0) + 1);
    where.set(filename, [...(where.get(filename) ?? []), message]);
  }
  return compare({ what: 'functions over 50 lines or 3 parameters', most: 0 }, counts, exceptions.functions).map(
    (finding) => `${finding}${(where.get(finding.split(' ')[0] ?? '') ?? []).map((text) => `\n    ${text}`).join('')}`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const exceptions = JSON.parse(readFileSync(path.join(ROOT, 'scripts/verify/budgets.json'), 'utf8')) as Exceptions;
  const files = sourceFiles();
  report('budgets', [...checkFiles(files, exceptions), ...checkFunctions(files, exceptions)]);
}
