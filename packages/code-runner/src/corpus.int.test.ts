import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonValue } from '@millwright/core';
import { type AnyNode, parse } from 'acorn';
import { expect, it } from 'vitest';
import { callOf, withRunner } from './testing.ts';

/** Real workflows beside the repository; not part of it. */
const SAMPLES = path.resolve(import.meta.dirname, '../../../../shared/n8n-samples');
const files = existsSync(SAMPLES) ? readdirSync(SAMPLES).filter((name) => name.endsWith('.json')) : [];

interface Program {
  readonly file: string;
  readonly language: 'javascript' | 'python';
  readonly source: string;
}

/** Programs of Code nodes, wherever a workflow is wrapped. */
function programsIn(file: string, value: JsonValue): readonly Program[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.entries(value).flatMap(([name, source]): readonly Program[] => {
    if (typeof source !== 'string') return [];
    if (name === 'jsCode' || name === 'functionCode') return [{ file, language: 'javascript', source }];
    return name === 'pythonCode' ? [{ file, language: 'python', source }] : [];
  });
  return [...own, ...Object.values(value).flatMap((inner: JsonValue) => programsIn(file, inner))];
}

/** What a sandbox has, as it says itself. */
interface Names {
  readonly globals: readonly string[];
  /** Members by what they are members of, as it is written. */
  readonly members: Readonly<Record<string, readonly string[]>>;
}

const ROOTS = [
  '$input',
  'items',
  '$',
  '$json',
  '$item',
  'item',
  '$itemIndex',
  '$binary',
  '$items',
  '$node',
  '$run',
  '$execution',
  '$workflow',
];
const MORE_ROOTS = ['$vars', '$env', '$runIndex', '$prevNode', 'global', 'require', 'arguments', 'undefined'];

const ASK = `return { globals: Object.getOwnPropertyNames(globalThis).concat(${JSON.stringify([...ROOTS, ...MORE_ROOTS])}.filter((name) => eval('typeof ' + name) !== 'undefined' || name === 'undefined')), members: { $input: Object.getOwnPropertyNames($input), "$()": Object.getOwnPropertyNames($('a')), this: Object.keys(this), 'this.helpers': Object.keys(this.helpers) } }`;

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

function all(node: AnyNode): readonly AnyNode[] {
  const found: AnyNode[] = [];
  const waiting: AnyNode[] = [node];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    found.push(one);
    for (const [key, value] of Object.entries(one)) {
      if ((key === 'key' || key === 'property') && !('computed' in one && one.computed === true)) continue;
      for (const inner of Array.isArray(value) ? (value as readonly unknown[]) : [value]) if (isNode(inner)) waiting.push(inner);
    }
  }
  return found;
}

/** Names that a pattern, a function or a class brings. */
function declared(node: AnyNode): readonly string[] {
  const names = (pattern: unknown): readonly string[] =>
    isNode(pattern) ? all(pattern).flatMap((one) => (one.type === 'Identifier' ? [one.name] : [])) : [];
  switch (node.type) {
    case 'VariableDeclarator':
      return names(node.id);
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return [...names(node.id), ...node.params.flatMap(names)];
    case 'ClassDeclaration':
      return names(node.id);
    case 'CatchClause':
      return names(node.param);
    // Code without `use strict` makes variables by setting them.
    case 'AssignmentExpression':
    case 'ForOfStatement':
    case 'ForInStatement':
      return node.left.type === 'Identifier' ? [node.left.name] : [];
    default:
      return [];
  }
}

/** What something is a member of, as `Names` calls it. */
function ownerOf(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === '$') return '$()';
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  const owner = ownerOf(node.object);
  return owner === 'this' ? `this.${node.property.name}` : undefined;
}

/** Names that a program uses and a sandbox does not have. */
function unresolved(source: string, { globals, members }: Names): readonly string[] {
  const nodes = all(parse(source, { ecmaVersion: 'latest', allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true }));
  const known = new Set([...globals, ...nodes.flatMap(declared)]);
  const free = nodes.flatMap((one) => (one.type === 'Identifier' && !known.has(one.name) ? [one.name] : []));
  const odd = nodes.flatMap((one) => {
    if (one.type !== 'MemberExpression' || one.computed || one.property.type !== 'Identifier') return [];
    const owner = ownerOf(one.object) ?? '';
    const has = Object.hasOwn(members, owner) ? members[owner] : undefined;
    return has === undefined || has.includes(one.property.name) || owner === 'this' ? [] : [`${owner}.${one.property.name}`];
  });
  return [...new Set([...free, ...odd])];
}

/** Names of n8n's roots that Python does not have here. */
const unresolvedPython = (source: string, names: readonly string[]): readonly string[] => {
  const used = [...source.matchAll(/(?<![\w.'"}])(_[a-zA-Z]\w*)\b/g)].map(([, name = '']) => name);
  const isOwn = (name: string): boolean => new RegExp(String.raw`\b${name}\s*=|(?:def|as|import|in|for) ${name}\b`).test(source);
  return [...new Set(used)].filter((name) => !names.includes(name) && !isOwn(name));
};

it.runIf(files.length > 0)('the roots and helpers that programs of real workflows use are there; what is not is printed', async () => {
  await withRunner({ spares: 0 }, async (runner) => {
    const data = { nodes: { a: { items: [{ json: {} }] } } };
    const [asked] = (await runner.run(callOf(ASK, { data }))).items;
    const names = asked?.json as unknown as Names;
    const python = runner.status().python
      ? ((await runner.run(callOf("return {'names': list(globals())}", { language: 'python', data }))).items[0]?.json['names'] as string[])
      : [];
    const programs = files.flatMap((file) => programsIn(file, JSON.parse(readFileSync(path.join(SAMPLES, file), 'utf8')) as JsonValue));
    const rest = programs.map(({ file, language, source }) => {
      if (language === 'python')
        return python.length === 0 ? [] : unresolvedPython(source, python).map((name) => `${file} (Python): ${name}`);
      try {
        return unresolved(source, names).map((name) => `${file}: ${name}`);
      } catch (thrown) {
        return [`${file}: ${thrown instanceof Error ? thrown.message : 'cannot be read'}`];
      }
    });
    const open = rest.filter((names) => names.length > 0);
    const lines = [...new Set(open.flat())].join('\n');
    process.stdout.write(`${open.length} of ${programs.length} programs use names that have no meaning here\n${lines}\n`);
    expect(programs.length).toBeGreaterThan(200);
    expect(open.length / programs.length).toBeLessThan(0.1);
  });
});
