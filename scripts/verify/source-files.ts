import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The repository's root folder. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** A TypeScript file of ours. */
export interface SourceFile {
  /** Path below the root, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Tests, fixtures and end-to-end tests: budgets and arrows do not bind them. */
  readonly isTest: boolean;
}

const TEST = /(\.test\.tsx?$|\/e2e\/|\/testing\/|^packages\/testing\/|\/test-support\/)/;

/** Every TypeScript file that git tracks or would track, generated ones aside. */
export function sourceFiles(): readonly SourceFile[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const paths = list.split('\n').filter((file) => file !== '' && !/(generated|\.gen\.ts$|\.d\.ts$)/.test(file));
  const files: SourceFile[] = [];
  for (const file of paths) {
    try {
      files.push({ path: file, text: readFileSync(path.join(ROOT, file), 'utf8'), isTest: TEST.test(file) });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
    }
  }
  return files;
}

/** Prints findings and ends the process with 1 when there are any. */
export function report(rule: string, findings: readonly string[]): void {
  const out = findings.length === 0 ? `${rule}: ok\n` : `${findings.map((finding) => `${rule}: ${finding}`).join('\n')}\n`;
  process.stdout.write(out);
  if (findings.length > 0) process.exitCode = 1;
}
