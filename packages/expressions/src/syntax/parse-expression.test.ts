import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { escapes } from '../testing/escapes.ts';
import { differenceIn, parserDifferences } from '../testing/parsers.ts';
import { parseExpression } from './parse-expression.ts';

/** What a mistake says, and where. */
function faultOf(source: string): unknown {
  try {
    return parseExpression(source);
  } catch (error) {
    return error;
  }
}

/** Real workflows beside the repository; not part of it. */
const samples = path.resolve(import.meta.dirname, '../../../../../shared/n8n-samples');

/** Every text of every sample from each `{{` on. */
function sampleSources(): readonly string[] {
  const sources: string[] = [];
  for (const file of readdirSync(samples).filter((name) => name.endsWith('.json'))) {
    JSON.parse(readFileSync(path.join(samples, file), 'utf8'), (_key, value: unknown) => {
      if (typeof value === 'string')
        for (const { index } of value.matchAll(/\{\{/gu)) sources.push(value.slice(index + 2, index + 2 + 16_384));
      return value;
    });
  }
  return sources;
}

describe('the parser', () => {
  it('makes the trees of acorn, or finds a mistake where acorn does, on 100,000 generated sources (more: npm run fuzz:expressions -- --parsers 1000000)', () => {
    expect(parserDifferences(1, 100_000)).toEqual([]);
  }, 180_000);
  it.each([
    '({}) => (() => {}, (a), b) => 1 }}',
    '[] = ((await) => 0, (a) = a = 0) => --a }}',
    '$json => {for (0[1] = 0 in 0; ;) {}} }}',
    'a => {for (({[1]: b}) of ({b}) = 1) b} }}',
    'a => {for ((b) of [1]) b; for ([c = 1] of [[]]) c} }}',
  ])('says where acorn says it, at patterns in parentheses and in heads of loops: %s', (source) => {
    expect(differenceIn(source)).toBeUndefined();
  });
  it('agrees with acorn on every known attempt to escape', () => {
    const different = escapes().map(({ expression }) => differenceIn(`${expression} }}`));
    expect(different.filter((one) => one !== undefined)).toEqual([]);
  });
  it.skipIf(!existsSync(samples))('agrees with acorn on every `{{ }}` of real workflows', () => {
    const sources = sampleSources();
    expect(sources.length).toBeGreaterThan(3900);
    expect(sources.map(differenceIn).filter((one) => one !== undefined)).toEqual([]);
  });
  it.each([
    ['class {}', 'ClassExpression'],
    ['async x => x', 'async'],
    ['async (x) => x', 'async'],
    ['function* () {}', 'generator'],
    ["import('fs')", 'ImportExpression'],
    ['a`b`', 'TaggedTemplateExpression'],
    ['({ async a() {} })', 'async'],
    ['() => { with (a) {} }', 'WithStatement'],
  ])('refuses %s by name, whole', (source, denied) => {
    expect(faultOf(source)).toMatchObject({ denied });
  });
  it.each([
    ['a b', 1],
    ['a.b )', 3],
    ['a ? b : c ]', 9],
  ])('stops behind the first expression: %s', (source, end) => {
    expect(parseExpression(source)).toMatchObject({ end });
  });
  it('reads a regular expression alike on every host: newer syntax than ES2024 is none', () => {
    expect(faultOf('/(?i:a)/')).toMatchObject({ message: 'Invalid regular expression: /(?i:a)/: Invalid group' });
    expect(faultOf('/(?<n>a)|(?<n>b)/')).toMatchObject({ message: expect.stringContaining('Duplicate capture group name') as string });
  });
});
