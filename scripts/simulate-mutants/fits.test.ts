import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MUTATIONS } from './mutations/index.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('a rule that is broken on purpose', () => {
  it.each(MUTATIONS.map((mutation) => [`${mutation.rule} ${mutation.name}`, mutation] as const))(
    'fits the code: %s',
    async (_name, { patches }) => {
      for (const { file, find, replace } of patches) {
        const text = await readFile(path.join(root, file), 'utf8');
        expect(text.split(find)).toHaveLength(2);
        expect(replace).not.toBe(find);
      }
    },
  );

  it('is one of eight of each page', () => {
    expect(
      Map.groupBy(MUTATIONS, ({ rule }) => rule.split(' ')[0])
        .values()
        .map((some) => some.length)
        .toArray(),
    ).toEqual([8, 8]);
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
  });
});
