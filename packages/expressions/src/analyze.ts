import type { CallExpression, MemberExpression } from 'acorn';
import { constantText } from './compile/call.ts';
import { staticKey } from './compile/member.ts';
import { roots as knownRoots } from './roots/table.ts';
import { parseTemplate } from './parse.ts';
import { type CompileOptions, compileTemplate } from './template.ts';

/** What a text with `{{ }}` needs, found without running it. */
export interface Analysis {
  /** Roots such as `$json` or `$now`, and `$` for `$('id')`; each once. */
  readonly roots: readonly string[];
  /** Nodes by the id or name in `$('id')` and `$node['id']`; each once. */
  readonly nodeRefs: readonly string[];
  /** Whether the value can differ from item to item. */
  readonly usesItem: boolean;
  /** Whether items other than the current one are looked at. */
  readonly usesAllItems: boolean;
  /** Paths below `$json`, as far as the source says them: `$json.user.tags[0].x` is `['user', 'tags', '0', 'x']`. */
  readonly fields: readonly (readonly string[])[];
}

/**
 * Looks through a text with `{{ }}`.
 * @throws ExpressionError as compileTemplate: what cannot be compiled cannot be analysed
 */
export function analyze(source: string, options: CompileOptions = {}): Analysis {
  // Compiling checks names and bounds the depth of what is walked here.
  compileTemplate(source, options);
  const finder = new Finder();
  for (const segment of parseTemplate(source)) if (segment.kind === 'code') finder.visit(segment.node);
  return finder.found();
}

interface SyntaxNode {
  readonly type: string;
}

function isSyntaxNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Keys of another node's view that depend on the current item. */
const nodeItemKeys = new Set(['item', 'json', 'binary', 'data', 'itemMatching', 'pairedItem']);

const itemRoots = new Set(['$json', '$item', '$itemIndex', '$binary']);

class Finder {
  readonly #roots = new Set<string>();
  readonly #nodeRefs = new Set<string>();
  readonly #fields = new Map<string, readonly string[]>();
  #usesItem = false;
  #usesAllItems = false;

  visit(node: SyntaxNode): void {
    if (node.type === 'Identifier') this.#identifier(node as SyntaxNode & { readonly name: string });
    else if (node.type === 'CallExpression') this.#call(node as CallExpression);
    else if (node.type === 'MemberExpression') this.#member(node as MemberExpression);
    else this.#children(node);
  }

  found(): Analysis {
    return {
      roots: [...this.#roots],
      nodeRefs: [...this.#nodeRefs],
      usesItem: this.#usesItem,
      usesAllItems: this.#usesAllItems,
      fields: [...this.#fields.values()],
    };
  }

  #children(node: SyntaxNode): void {
    for (const [key, value] of Object.entries(node)) {
      if (key === 'key' && node.type === 'Property' && !('computed' in node && node.computed === true)) continue;
      for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value]) if (isSyntaxNode(child)) this.visit(child);
    }
  }

  #identifier({ name }: { readonly name: string }): void {
    if (!knownRoots.has(name)) return;
    this.#roots.add(name);
    if (itemRoots.has(name)) this.#usesItem = true;
    if (name === '$items') this.#usesAllItems = true;
    if (name === '$json') this.#field([]);
  }

  #call(node: CallExpression): void {
    const { callee } = node;
    if (callee.type === 'Identifier' && callee.name === '$') {
      this.#ref('$', constantText(node.arguments[0]));
      return;
    }
    if (callee.type === 'Identifier' && callee.name === '$items' && node.arguments.length > 0) {
      this.#ref('$items', constantText(node.arguments[0]));
      return;
    }
    // Another item by its number is looked at; without a number, the current one.
    if (callee.type === 'Identifier' && callee.name === '$item' && node.arguments.length > 0) this.#usesAllItems = true;
    if (callee.type === 'MemberExpression') this.#receiver(callee);
    else this.visit(callee);
    for (const argument of node.arguments) this.visit(argument);
  }

  /** What a method is called on; its name is no field. */
  #receiver(callee: MemberExpression): void {
    if (isInput(callee.object)) {
      this.#input(staticKey(callee));
      return;
    }
    this.visit(callee.object);
    if (callee.computed) this.visit(callee.property);
  }

  #member(node: MemberExpression): void {
    const path = jsonPath(node);
    if (path !== undefined) {
      this.#roots.add(rootOf(node));
      this.#usesItem = true;
      this.#field(path);
      return;
    }
    const key = staticKey(node);
    const { object } = node;
    if ((object.type === 'Identifier' && object.name === '$node') || isItemsNodes(object)) {
      this.#ref('$node', key);
      if (object.type !== 'Identifier') this.visit(object);
      return;
    }
    if (isInput(object)) this.#input(key);
    else if (isNode(object) && nodeItemKeys.has(key ?? '')) this.#usesItem = true;
    this.visit(object);
    if (node.computed) this.visit(node.property);
  }

  #input(key: string | undefined): void {
    this.#roots.add('$input');
    if (key === 'item' || key === 'json') this.#usesItem = true;
    else this.#usesAllItems = true;
  }

  #ref(root: string, name: string | undefined): void {
    this.#roots.add(root);
    if (name !== undefined) this.#nodeRefs.add(name);
  }

  #field(path: readonly string[]): void {
    this.#fields.set(JSON.stringify(path), path);
  }
}

function isInput(node: MemberExpression['object']): boolean {
  return node.type === 'Identifier' && node.name === '$input';
}

/** `$item(0).$node`, whose keys are names of nodes. */
function isItemsNodes(node: MemberExpression['object']): boolean {
  return (
    node.type === 'MemberExpression' &&
    staticKey(node) === '$node' &&
    node.object.type === 'CallExpression' &&
    node.object.callee.type === 'Identifier' &&
    node.object.callee.name === '$item'
  );
}

function isNode(node: MemberExpression['object']): boolean {
  if (node.type === 'CallExpression') return node.callee.type === 'Identifier' && node.callee.name === '$';
  return node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.object.name === '$node';
}

/** The path below the item's data that a chain of fixed keys reads; undefined when it starts elsewhere or has a computed key. */
function jsonPath(node: MemberExpression['object']): readonly string[] | undefined {
  if (node.type === 'Identifier') return node.name === '$json' ? [] : undefined;
  if (node.type === 'ChainExpression' || node.type === 'ParenthesizedExpression') return jsonPath(node.expression);
  if (node.type !== 'MemberExpression') return undefined;
  const key = staticKey(node);
  if (key === undefined) return undefined;
  if (key === 'json' && node.object.type === 'Identifier' && node.object.name === '$item') return [];
  const below = jsonPath(node.object);
  return below === undefined ? undefined : [...below, key];
}

function rootOf(node: MemberExpression['object']): string {
  if (node.type === 'MemberExpression') return rootOf(node.object);
  if (node.type === 'ChainExpression' || node.type === 'ParenthesizedExpression') return rootOf(node.expression);
  return node.type === 'Identifier' ? node.name : '';
}
