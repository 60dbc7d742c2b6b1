import type { AnyNode, CallExpression, MemberExpression } from 'acorn';
import { constantText } from '../compile/call.ts';
import { staticKey } from '../compile/member.ts';
import { isStackOverflow } from '../compile/failed.ts';
import { ExpressionError } from '../errors.ts';
import { maxDepth } from '../limits.ts';
import { type CodeSegment, parseTemplate } from '../parse.ts';
import { childrenOf, declaredNames } from './declared-names.ts';

/** A fixed key that an expression reads. Positions count UTF-16 units in the whole text. */
export interface ReadKey {
  readonly name: string;
  /** From the `.`, `?.` or `[` to the end of the key. */
  readonly start: number;
  readonly end: number;
  /** Of the key alone, quotes included. */
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly form: 'dot' | 'bracket';
  /** Of `['key']`; none for `.key` and `[0]`. */
  readonly quote: '"' | "'" | '`' | '';
  /** `?.` stands before it. */
  readonly isChained: boolean;
  /** Nothing is wrong when it is not there: left of `??`, before `?.`, in `typeof`. */
  readonly isOptional: boolean;
}

/** Where the data comes from: what arrives at the node, another node's output, a variable, or an environment name. */
export type ReadOf = 'input' | 'node' | 'vars' | 'env';

/** A place where an expression reads data. */
export interface Reference {
  readonly of: ReadOf;
  /** `node`: the id or name as written, and where it stands, quotes included. */
  readonly node?: { readonly name: string; readonly start: number; readonly end: number };
  /** Fixed keys from the data downwards, below `json` for items; what is computed ends them. */
  readonly keys: readonly ReadKey[];
  /** Data is read. False: only the view of a node, or what an item is beside its data. */
  readonly isData: boolean;
  /** The items are read as a list: which fields of them cannot be told. */
  readonly isList: boolean;
  /** `item`: of the item at hand. `others`: by position. */
  readonly items: 'item' | 'others';
  readonly start: number;
  readonly end: number;
}

/**
 * Every place where a text with `{{ }}` reads data, in the order of the text.
 * @throws ExpressionError `expression_syntax`, `expression_limit`: what cannot be read cannot be looked through
 */
export function references(source: string): readonly Reference[] {
  const found: Reference[] = [];
  for (const segment of parseTemplate(source)) if (segment.kind === 'code') walk(source, segment, found);
  return found.toSorted((a, b) => a.start - b.start);
}

function walk(source: string, segment: CodeSegment, found: Reference[]): void {
  try {
    new Walk(source, segment, found).visit(segment.node, plain);
  } catch (error) {
    throw isStackOverflow(error) ? tooDeep(segment) : error;
  }
}

function tooDeep({ start, end }: { readonly start: number; readonly end: number }): ExpressionError {
  const hint = `An expression can be nested up to ${maxDepth} deep.`;
  return new ExpressionError({ code: 'expression_syntax', message: 'source nested too deeply', hint, start, end });
}

interface Around {
  readonly isOptional: boolean;
  /** Names of variables that hide roots. */
  readonly hidden: ReadonlySet<string>;
}

const plain: Around = { isOptional: false, hidden: new Set() };

/** A chain on its way from its root. */
interface Chain {
  readonly of: ReadOf;
  readonly node?: { readonly name: string; readonly at: AnyNode };
  /** What the next key means: part of a view, an element of its items, part of an item, or data. */
  readonly next: 'view' | 'element' | 'item' | 'data';
  readonly keys: readonly { readonly member: MemberExpression; readonly name: string }[];
  readonly items: 'item' | 'others';
}

const views: Readonly<Record<string, Pick<Chain, 'of' | 'next' | 'items'>>> = {
  $json: { of: 'input', next: 'data', items: 'item' },
  $item: { of: 'input', next: 'item', items: 'item' },
  $items: { of: 'input', next: 'element', items: 'others' },
  $input: { of: 'input', next: 'view', items: 'item' },
  $vars: { of: 'vars', next: 'data', items: 'item' },
  $env: { of: 'env', next: 'data', items: 'item' },
};

class Walk {
  readonly #source: string;
  readonly #offset: number;
  readonly #segment: CodeSegment;
  readonly #found: Reference[];
  #depth = 0;

  constructor(source: string, segment: CodeSegment, found: Reference[]) {
    this.#source = source;
    this.#segment = segment;
    this.#offset = segment.offset;
    this.#found = found;
  }

  visit(node: AnyNode, around: Around): void {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw tooDeep(this.#segment);
    const chain = chainOf(node, around.hidden);
    if (chain !== undefined) this.#take(chain, node, around);
    else this.#inside(node, around);
    this.#depth -= 1;
  }

  #inside(node: AnyNode, around: Around): void {
    switch (node.type) {
      case 'LogicalExpression':
        this.visit(node.left, node.operator === '??' ? { ...around, isOptional: true } : around);
        return this.visit(node.right, around);
      case 'UnaryExpression':
        return this.visit(node.argument, node.operator === 'typeof' ? { ...around, isOptional: true } : around);
      case 'MemberExpression':
        this.visit(node.object, node.optional ? { ...around, isOptional: true } : around);
        return node.computed ? this.visit(node.property, strictly(around)) : undefined;
      case 'CallExpression':
        return this.#call(node, around);
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return this.visit(node.expression, around);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return this.#children(node, { isOptional: false, hidden: new Set([...around.hidden, ...declaredNames(node)]) });
      default:
        return this.#children(node, strictly(around));
    }
  }

  /** The name of a method is no key. */
  #call(node: CallExpression, around: Around): void {
    const { callee } = node;
    if (callee.type === 'MemberExpression') {
      this.visit(callee.object, callee.optional || node.optional ? { ...around, isOptional: true } : around);
      if (callee.computed) this.visit(callee.property, strictly(around));
    } else if (callee.type !== 'Identifier') this.visit(callee, around);
    for (const argument of node.arguments) this.visit(argument, strictly(around));
  }

  #children(node: AnyNode, around: Around): void {
    for (const child of childrenOf(node)) this.visit(child, around);
  }

  #take(chain: Chain, at: AnyNode, around: Around): void {
    let isOptional = around.isOptional;
    const keys = chain.keys
      .toReversed()
      .map(({ member, name }): ReadKey => {
        isOptional ||= member.optional;
        return { name, isOptional, isChained: member.optional, ...this.#keyPlace(member) };
      })
      .toReversed();
    const { of, node, next, items } = chain;
    this.#found.push({
      of,
      ...(node === undefined ? {} : { node: { name: node.name, start: node.at.start + this.#offset, end: node.at.end + this.#offset } }),
      keys,
      isData: next === 'data',
      isList: next === 'element',
      items,
      start: at.start + this.#offset,
      end: at.end + this.#offset,
    });
  }

  #keyPlace(member: MemberExpression): Omit<ReadKey, 'name' | 'isOptional' | 'isChained'> {
    const { object, property, computed } = member;
    const nameStart = property.start + this.#offset;
    const place = { start: object.end + this.#offset, end: member.end + this.#offset, nameStart, nameEnd: property.end + this.#offset };
    const first = this.#source.charAt(nameStart);
    if (!computed) return { ...place, form: 'dot', quote: '' };
    return { ...place, form: 'bracket', quote: first === '"' || first === "'" || first === '`' ? first : '' };
  }
}

function strictly(around: Around): Around {
  return around.isOptional ? { ...around, isOptional: false } : around;
}

/** A chain of fixed keys from one of our roots; undefined for everything else. */
function chainOf(node: AnyNode, hidden: ReadonlySet<string>): Chain | undefined {
  switch (node.type) {
    case 'Identifier': {
      const view = hidden.has(node.name) || !Object.hasOwn(views, node.name) ? undefined : views[node.name];
      return view === undefined ? undefined : { ...view, keys: [] };
    }
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return chainOf(node.expression, hidden);
    case 'CallExpression':
      return called(node, hidden);
    case 'MemberExpression':
      return memberOf(node, hidden);
    default:
      return undefined;
  }
}

/** `$('id')`, and `first()`, `last()`, `all()` of a view. */
function called(node: CallExpression, hidden: ReadonlySet<string>): Chain | undefined {
  const { callee } = node;
  const [argument] = node.arguments;
  if (callee.type === 'Identifier' && callee.name === '$' && argument !== undefined) {
    const name = constantText(argument);
    return name === undefined || hidden.has('$') ? undefined : nodeChain(name, argument);
  }
  if (callee.type !== 'MemberExpression' || node.arguments.length > 0) return undefined;
  const owner = chainOf(callee.object, hidden);
  if (owner?.next !== 'view') return undefined;
  const key = staticKey(callee);
  if (key === 'first' || key === 'last') return { ...owner, next: 'item', items: 'others' };
  return key === 'all' ? { ...owner, next: 'element', items: 'others' } : undefined;
}

function nodeChain(name: string, at: AnyNode): Chain {
  return { of: 'node', node: { name, at }, next: 'view', keys: [], items: 'item' };
}

function memberOf(member: MemberExpression, hidden: ReadonlySet<string>): Chain | undefined {
  const name = staticKey(member);
  if (name === undefined) return undefined;
  const { object } = member;
  if (object.type === 'Identifier' && object.name === '$node' && !hidden.has('$node')) return nodeChain(name, member.property);
  const owner = chainOf(object, hidden);
  switch (owner?.next) {
    case undefined:
      return undefined;
    case 'view':
      if (name === 'item') return { ...owner, next: 'item' };
      return name === 'json' ? { ...owner, next: 'data' } : undefined;
    case 'element':
      return /^\d+$/u.test(name) ? { ...owner, next: 'item' } : undefined;
    case 'item':
      return name === 'json' ? { ...owner, next: 'data' } : undefined;
    case 'data':
      return { ...owner, keys: [...owner.keys, { member, name }] };
  }
}
