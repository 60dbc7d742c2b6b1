import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const inventory = readFileSync(path.join(ROOT, 'apps/web/INVENTORY.md'), 'utf8');

/** Each `path: "name", "name"` of the table. */
function namedTests(): readonly (readonly [file: string, name: string])[] {
  const groups = inventory.matchAll(/(?<file>[\w./-]+\.test\.tsx?)(?::\s*(?<names>"(?:\\.|[^"])*"(?:,\s*"(?:\\.|[^"])*")*))?/g);
  return Array.from(groups).flatMap(({ groups: { file = '', names = '' } = {} }) => {
    const all = Array.from(names.matchAll(/"((?:\\.|[^"])*)"/g), ([, name = '']) => [file, name.replaceAll('\\"', '"')] as const);
    return all.length === 0 ? [[file, ''] as const] : all;
  });
}

it('every test that the inventory names is there', () => {
  const gone = namedTests().filter(([file, name]) => {
    const text = existsSync(path.join(ROOT, file)) ? readFileSync(path.join(ROOT, file), 'utf8') : null;
    return text === null || !text.replaceAll('\\', '').includes(name);
  });
  expect(gone).toEqual([]);
  expect(namedTests().length).toBeGreaterThan(50);
});
