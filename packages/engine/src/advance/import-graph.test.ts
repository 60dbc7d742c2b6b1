import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const IMPORT = /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g;

/** Every module that is loaded with this file, and every package that one of them names; types are erased and do not count. */
function loadedFrom(
  entry: string,
  files = new Set<string>(),
  packages = new Set<string>(),
): { readonly files: Set<string>; readonly packages: Set<string> } {
  if (files.has(entry)) return { files, packages };
  files.add(entry);
  for (const match of readFileSync(entry, 'utf8').matchAll(IMPORT)) {
    const target = match[3] ?? match[4] ?? '';
    if (match[2] !== undefined) continue;
    if (target.startsWith('.')) loadedFrom(resolve(dirname(entry), target), files, packages);
    else packages.add(target);
  }
  return { files, packages };
}

describe('what enters the Temporal workflow with advance', () => {
  const { files, packages } = loadedFrom(fileURLToPath(new URL('index.ts', import.meta.url)));
  const core = loadedFrom(fileURLToPath(new URL('../../../core/src/index.ts', import.meta.url)));

  it('is core and nothing else: no zod, no expressions, nothing of Node', () => {
    expect([...packages]).toEqual(['@millwright/core']);
    expect([...core.packages]).toEqual([]);
  });

  it('is no payload code: plans of control nodes, never what they compute', () => {
    expect([...files].filter((file) => /compute|definition|compile/.test(file))).toEqual([]);
    expect([...files].some((file) => file.endsWith('/control/wait/plan.ts'))).toBe(true);
  });

  it('is small', () => {
    const bytes = [...files].reduce((sum, file) => sum + readFileSync(file).length, 0);
    expect(bytes).toBeLessThan(68_400);
  });

  it('reads no clock, no chance and makes no promise', () => {
    for (const file of files)
      expect(readFileSync(file, 'utf8')).not.toMatch(
        /Date\.now|new Date|Math\.random|performance\.|\bPromise\b|\basync\b|\bawait\b|setTimeout/,
      );
  });
});
