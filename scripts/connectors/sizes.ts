/** How large connectors are: what their authors wrote, per ten operations. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What ten operations of a connector that is data may take (connectors.md §5). */
export const MOST_LINES = 250;

/** Lines that say something: blank ones and those that are only comments are left out. */
export function linesOf(text: string): number {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').split('\n');
  return code.filter((line) => line.trim() !== '' && !/^\s*\/\//.test(line)).length;
}

/** Lines of a package's own sources: tests, and what only they need, are no part of it. */
export function sourceLines(dir: string): number {
  return readdirSync(dir, { withFileTypes: true })
    .filter(({ name }) => name !== 'testing' && name !== 'node_modules')
    .map((entry) => {
      const file = path.join(dir, entry.name);
      if (entry.isDirectory()) return sourceLines(file);
      return /(?<!\.test)\.ts$/.test(entry.name) ? linesOf(readFileSync(file, 'utf8')) : 0;
    })
    .reduce((sum, one) => sum + one, 0);
}

/** Lines per ten operations, actions and triggers alike. */
export function perTen(lines: number, operations: number): number {
  return Math.round((lines * 10) / Math.max(operations, 1));
}
