import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonValue } from '@millwright/core';
import type { AnyNode } from 'acorn';
import { describe, expect, it } from 'vitest';
import { compileTemplate, createScope, describeFunctions, ExpressionError, type Profile } from './index.ts';
import { parseTemplate } from './parse.ts';

/** Real workflows beside the repository; not part of it. */
const samples = path.resolve(import.meta.dirname, '../../../../shared/n8n-samples');
const files = existsSync(samples) ? readdirSync(samples).filter((name) => name.endsWith('.json')) : [];

interface Finding {
  readonly file: string;
  readonly reason: string;
  readonly text: string;
}

/** What one workflow's expressions are: n8n marks them by a leading `=`. */
function expressionsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return value.startsWith('=') && value.includes('{{') ? [value.slice(1)] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
}

const known = new Set([...describeFunctions().map(({ name }) => name), 'first', 'last', 'all', 'itemMatching', 'pairedItem', 'length']);

/** Methods that no kind of value has. */
function unknownMethods(node: AnyNode): readonly string[] {
  const own =
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.property.type === 'Identifier' &&
    !node.callee.computed &&
    !known.has(node.callee.property.name)
      ? [node.callee.property.name]
      : [];
  const children = Object.values(node).flatMap((value: unknown) => (Array.isArray(value) ? (value as readonly unknown[]) : [value]));
  return [...own, ...children.flatMap((child) => (isNode(child) ? unknownMethods(child) : []))];
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

class Tally {
  segments = 0;
  readonly sources: string[] = [];
  readonly unparsed: Finding[] = [];
  readonly unresolved: Finding[] = [];

  add(file: string, text: string): void {
    const segments = this.#parsed(file, text);
    if (segments === undefined) return;
    for (const segment of segments) {
      if (segment.kind === 'text') continue;
      this.segments += 1;
      const own = text.slice(segment.start, segment.end);
      this.sources.push(own);
      const methods = unknownMethods(segment.node).map((name) => `no function ${name}`);
      const reason = methods[0] ?? refusalOf(own);
      if (reason !== undefined) this.unresolved.push({ file, reason, text: own });
    }
  }

  #parsed(file: string, text: string): ReturnType<typeof parseTemplate> | undefined {
    try {
      return parseTemplate(text);
    } catch (error) {
      this.segments += 1;
      this.unparsed.push({ file, reason: error instanceof Error ? error.message : 'unknown', text });
      return undefined;
    }
  }
}

function refusalOf(source: string): string | undefined {
  try {
    compileTemplate(source);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

const said = files.length === 0 ? ' (skipped: the folder with samples is not there)' : '';

describe.skipIf(files.length === 0)(`expressions of real workflows${said}`, () => {
  const tally = new Tally();
  for (const file of files) {
    const { nodes = [] } = JSON.parse(readFileSync(path.join(samples, file), 'utf8')) as { nodes?: readonly { parameters?: JsonValue }[] };
    for (const node of nodes) for (const text of expressionsIn(node.parameters ?? null)) tally.add(file, text);
  }
  const percent = (missing: readonly Finding[]): number => 100 * (1 - missing.length / tally.segments);
  const shown = ({ file, reason, text }: Finding): string => `  ${file} ${reason}: ${text.replaceAll(/\s+/gu, ' ').slice(0, 120)}`;
  process.stdout.write(
    [
      `${tally.segments} segments in ${files.length} workflows: ${percent(tally.unparsed).toFixed(2)} % parse, ${percent(tally.unresolved).toFixed(2)} % resolve every root and method`,
      ...[...tally.unparsed, ...tally.unresolved].map(shown),
      '',
    ].join('\n'),
  );

  it('parse, 99.8 % of all segments and more', () => {
    expect(percent(tally.unparsed)).toBeGreaterThanOrEqual(99.8);
  });
  it('resolve every root and method, 99 % of all segments and more', () => {
    expect(percent([...tally.unparsed, ...tally.unresolved])).toBeGreaterThanOrEqual(99);
  });
  it('give a value or a typed error, in both profiles, whatever the data', () => {
    const stray =
      files.length === 0 ? [] : tally.sources.flatMap((source) => [strayError(source, 'millwright'), strayError(source, 'n8n')]);
    expect(stray.filter((one) => one !== undefined)).toEqual([]);
  });
  it('compile in the n8n profile, all that parse but for refused secrets and look-ahead', () => {
    const refused = files.length === 0 ? [] : tally.unresolved.filter(({ text }) => refusalInProfile(text) !== undefined);
    expect(new Set(refused.map(({ reason }) => reason.split(':')[0]))).toEqual(
      new Set(['$credentials is not available', 'regular expression']),
    );
  });
});

/** Data with some of the fields that people use; every node exists. */
const item = {
  json: {
    body: { email: 'a@b.io', items: [{ id: 1, name: 'x' }] },
    id: 7,
    name: 'Ann',
    date: '2026-11-21',
    text: 'a, b',
    data: [{ id: 1 }],
    output: '{"a":1}',
  },
};
const scope = createScope({
  items: [item, item],
  nowMs: Date.UTC(2026, 10, 21, 9, 30),
  timezone: 'Europe/Berlin',
  node: (name) => ({ name, item: () => item, first: () => item, last: () => item, all: () => [item] }),
  random: () => 0.5,
});

function strayError(source: string, profile: Profile): string | undefined {
  try {
    compileTemplate(source, { profile }).evaluate(scope);
    return undefined;
  } catch (error) {
    return error instanceof ExpressionError ? undefined : `${source}: ${String(error)}`;
  }
}

function refusalInProfile(source: string): string | undefined {
  try {
    compileTemplate(source, { profile: 'n8n' });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
}
