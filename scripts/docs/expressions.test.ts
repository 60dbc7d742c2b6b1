import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { expressionsPage } from './expressions.ts';

it('docs/expressions.md is what the code says (npm run docs:expressions writes it)', () => {
  expect(readFileSync(path.join(import.meta.dirname, '../../docs/expressions.md'), 'utf8')).toBe(expressionsPage());
});
