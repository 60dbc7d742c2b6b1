import { stripTypeScriptTypes } from 'node:module';
import { isJsonObject, type JsonObject } from '@millwright/core';
import { analyzeProgram, type ProgramAnalysis } from '@millwright/expressions';
import type { NodeTypeInfo } from '@millwright/workflow';
import { propertiesOf } from '../catalog-fields.ts';
import type { ReadExpressions } from '../expressions.ts';

/** What the programs among a node's parameters say. */
export interface ReadPrograms extends ReadExpressions {
  /** A program names a node by something that is known only when it runs: what all nodes before it gave is kept for it. */
  readonly readsAny: boolean;
}

/** Looks through the parameters that hold programs (`field.control: 'code'`). */
export function readPrograms(parameters: JsonObject, info: NodeTypeInfo): ReadPrograms {
  const nodes: ReadExpressions['nodes'][number][] = [];
  const errors: ReadExpressions['errors'][number][] = [];
  let readsAny = false;
  for (const [field, property] of Object.entries(propertiesOf(info.parameters))) {
    const hints = isJsonObject(property) ? property['field'] : undefined;
    const source = parameters[field];
    if (!isJsonObject(hints) || hints['control'] !== 'code' || typeof source !== 'string') continue;
    const { nodeRefs, readsAny: any, fault } = analyze(source, languageOf(parameters, hints));
    for (const name of nodeRefs) nodes.push({ field, name });
    readsAny ||= any;
    if (fault !== undefined)
      errors.push({
        field,
        code: 'code_syntax',
        text: `Line ${fault.line}: ${fault.message}.`,
        hint: 'Correct the code there.',
        values: { line: fault.line, column: fault.column, reason: fault.message },
      });
  }
  return { nodes, errors, readsAny };
}

function languageOf(parameters: JsonObject, hints: JsonObject): unknown {
  const by = hints['language'];
  return typeof by === 'string' ? (parameters[by] ?? 'javascript') : 'javascript';
}

function analyze(source: string, language: unknown): ProgramAnalysis {
  if (language === 'python') return analyzePython(source);
  return language === 'typescript' ? analyzeTypeScript(source) : analyzeProgram(source);
}

/** Makes `return` and `await` legal for the parser; on the first line, so that lines stay what they are. */
const OPEN = 'async()=>{';

/** Positions stay: types are overwritten with spaces. */
function analyzeTypeScript(source: string): ProgramAnalysis {
  try {
    const stripped = stripTypeScriptTypes(`${OPEN}${withoutImports(source)}\n}`);
    return analyzeProgram(stripped.slice(OPEN.length, stripped.lastIndexOf('\n')));
  } catch (thrown) {
    return { nodeRefs: [], readsAny: false, fault: faultOf(thrown) };
  }
}

/** Imports, of one line each as the sandbox takes them, name no nodes, and cannot stand in a function. */
function withoutImports(source: string): string {
  return source.replaceAll(/^[ \t]*import\s[^\n]*$/gm, (line) => ' '.repeat(line.length));
}

/** The place is in the head of the stack: `:2`, the lines around it, and a mark below the column. */
function faultOf(thrown: unknown): NonNullable<ProgramAnalysis['fault']> {
  if (!(thrown instanceof Error)) throw thrown;
  const [head = ''] = (thrown.stack ?? '').split(/\n\n?(?=\w*Error)/, 1);
  const line = Number(/^[^\n]*:(\d+)$/m.exec(head)?.[1] ?? 1);
  const mark = /^( *)\^/m.exec(head)?.[1]?.length ?? 0;
  return { message: thrown.message, line, column: Math.max(1, mark + 1 - (line === 1 ? OPEN.length : 0)) };
}

/** Python is not parsed here; a name in quotes is found, and anything else may be any node. */
function analyzePython(source: string): ProgramAnalysis {
  const nodeRefs = new Set<string>();
  let readsAny = false;
  for (const [, , name] of withoutComments(source).matchAll(/(?<![\w.])_\s*\(\s*(?:(["'])((?:(?!\1)[^\\\n])*)\1\s*\))?/g)) {
    if (name === undefined) readsAny = true;
    else nodeRefs.add(name);
  }
  return { nodeRefs: [...nodeRefs], readsAny };
}

function withoutComments(source: string): string {
  return source.replaceAll(/^\s*#.*$/gm, '');
}
