import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = path.join(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'millwright-lint-'));
copyFileSync(path.join(ROOT, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the project's lint says of this code at this place. */
function lint(file: string, code: string): string {
  const full = path.join(folder, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, code);
  const { stdout, status } = spawnSync(path.join(ROOT, 'node_modules/.bin/oxlint'), ['--quiet', '--format', 'unix', full], {
    cwd: folder,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stdout;
}

describe('the lint rule that keeps the engine pure', () => {
  it.each([
    ['export const now = (): number => Date.now();\n', 'no-restricted-globals'],
    ['export const chance = (): number => Math.random();\n', 'no-restricted-properties'],
    ['export const later = (): unknown => Promise.resolve(1);\n', 'no-restricted-globals'],
    ['export const soon = (run: () => void): unknown => setTimeout(run, 1);\n', 'no-restricted-globals'],
  ])('refuses %s in advance and in plans of control nodes', (code, rule) => {
    expect(lint('packages/engine/src/advance/impure.ts', code)).toContain(rule);
    expect(lint('packages/engine/src/control/wait/plan.ts', code)).toContain(rule);
    expect(lint('packages/executor/src/anywhere.ts', code)).not.toContain(rule);
  });

  it('lets pure code pass', () => {
    expect(lint('packages/engine/src/advance/pure.ts', 'export const next = (seq: number): number => seq + 1;\n')).toBe('');
  });
});
