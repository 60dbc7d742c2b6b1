import { type AnyNode, type Node, parse } from 'acorn';
import { constantText } from '../compile/call.ts';
import { isStackOverflow } from '../compile/failed.ts';
import { staticKey } from '../compile/member.ts';

/** What a JavaScript program of a Code step says of itself, found without running it. */
export interface ProgramAnalysis {
  /** Nodes by the id or name in `$('id')`, `$node['id']` and `$items('id')`; each once. */
  readonly nodeRefs: readonly string[];
  /** It names a node by something that is known only when it runs: any node may be meant. */
  readonly readsAny: boolean;
  /** Why it cannot be read. Absent: it can. */
  readonly fault?: ProgramFault;
}

/** Where a program cannot be read. */
export interface ProgramFault {
  /** English, without the place. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/**
 * Looks through a program: the body of an async function, `return` and `await` included. Never throws for what it says.
 * @param source JavaScript; types stripped
 */
export function analyzeProgram(source: string): ProgramAnalysis {
  try {
    const program = parse(source, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowImportExportEverywhere: true,
    });
    return refsOf(program);
  } catch (error) {
    return { nodeRefs: [], readsAny: false, fault: faultOf(error) };
  }
}

function faultOf(error: unknown): ProgramFault {
  if (isStackOverflow(error)) return { message: 'The code is nested too deeply', line: 1, column: 1 };
  if (!(error instanceof SyntaxError)) throw error;
  const loc = 'loc' in error ? (error.loc as { readonly line: number; readonly column: number }) : { line: 1, column: 0 };
  return { message: error.message.replace(/ \(\d+:\d+\)$/u, ''), line: loc.line, column: loc.column + 1 };
}

/** Roots that give nodes by name. */
const BY_NAME = new Set(['$', '$node', '$items']);

function refsOf(program: Node): ProgramAnalysis {
  const names = new Set<string>();
  let readsAny = false;
  const open: Node[] = [program];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const found = namedBy(node);
    if (found !== undefined) names.add(found.name);
    else if (isUnnamed(node)) readsAny = true;
    open.push(...childrenOf(node, found !== undefined));
  }
  return { nodeRefs: [...names], readsAny };
}

/** `$('id')`, `$items('id')` or `$node['id']`. */
function namedBy(node: Node): { readonly name: string } | undefined {
  if (isOf(node, 'CallExpression')) {
    const { callee } = node;
    if (callee.type !== 'Identifier' || (callee.name !== '$' && callee.name !== '$items')) return undefined;
    const name = constantText(node.arguments[0]);
    return name === undefined ? undefined : { name };
  }
  if (!isOf(node, 'MemberExpression') || node.object.type !== 'Identifier' || node.object.name !== '$node') return undefined;
  const name = staticKey(node);
  return name === undefined ? undefined : { name };
}

/** A root by name that is used as anything else: an own list of items aside. */
function isUnnamed(node: Node): boolean {
  if (isOf(node, 'CallExpression')) return node.callee.type === 'Identifier' && node.callee.name === '$items' && node.arguments.length > 0;
  return isOf(node, 'Identifier') && BY_NAME.has(node.name) && node.name !== '$items';
}

function childrenOf(node: Node, isNamed: boolean): Node[] {
  const children: Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    // What names a node was read; names of fields are no variables.
    if (isNamed && (key === 'callee' || key === 'object')) continue;
    if ((key === 'key' || key === 'property') && !('computed' in node && node.computed === true)) continue;
    for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value]) if (isNode(child)) children.push(child);
  }
  return children;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

type Typed = Extract<AnyNode, { type: 'CallExpression' | 'MemberExpression' | 'Identifier' }>;

function isOf<T extends Typed['type']>(node: Node, type: T): node is Extract<Typed, { type: T }> {
  return node.type === type;
}
