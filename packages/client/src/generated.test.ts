import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { GENERATED_FILE, generateClient } from '../scripts/generate.ts';

describe('the generated client', () => {
  it('is what the contracts say', async () => {
    const normal = (text: string): string => text.replaceAll(/[\s,"'()]+/g, '');
    expect(normal(await readFile(GENERATED_FILE, 'utf8'))).toBe(normal(generateClient()));
  });

  it('brings no schema library into the browser', async () => {
    const sources = await Promise.all(
      ['generated', 'index', 'transport', 'events', 'api-error'].map((name) => readFile(new URL(`${name}.ts`, import.meta.url), 'utf8')),
    );
    expect(sources.flatMap((source) => source.match(/^import (?!type).*'@millwright\/contracts.*$/gm) ?? [])).toEqual([]);
  });
});
