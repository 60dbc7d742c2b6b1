/** The user's text as a script: wrapped on its first line, so that lines and columns stay the user's. */
import { stripTypeScriptTypes } from 'node:module';
import { Script } from 'node:vm';
import type { Node, Program } from 'acorn';
import { refuseImport } from './imports.ts';

/** The name of the user's file in stack traces. */
const USER_FILE = 'code-node.js';

const KEPT = 50;

/** A text that cannot be compiled. */
export class SourceFault extends Error {
  readonly line: number | undefined;
  readonly column: number | undefined;
  constructor(message: string, place: { readonly line?: number | undefined; readonly column?: number | undefined }) {
    super(message);
    this.line = place.line;
    this.column = place.column;
  }
}

/** Static imports, of one line each; the line stays one line. */
const STATIC_IMPORT =
  /^([ \t]*)import\s+(?:([\w$]+)\s*,?\s*)?(?:\*\s*as\s+([\w$]+)\s*|\{([^}\n]*)\}\s*)?from\s*(['"])([^'"\n]+)\5[ \t]*;?/gm;

function withoutStaticImports(source: string): string {
  return source.replaceAll(/^[ \t]*import\s+type\s[^\n]*$/gm, '').replaceAll(STATIC_IMPORT, (...found: (string | undefined)[]) => {
    const [, indent, named, all, fields, , name] = found;
    const load = `await $mport(${JSON.stringify(name)})`;
    const parts = [
      named === undefined ? '' : `const ${named} = (${load}).default;`,
      all === undefined ? '' : `const ${all} = ${load};`,
      fields === undefined ? '' : `const {${fields.replaceAll(/\s+as\s+/g, ': ')}} = ${load};`,
    ];
    return `${indent ?? ''}${parts.join(' ')}`;
  });
}

/** Names of what a context has on demand, and the ways to reach a name that is not in the text. */
const EXTRAS =
  /\$now|\$today|DateTime|Duration|Interval|luxon|Buffer|binary|files|URL|fetch|Headers|Response|crypto|Timeout|Immediate|Microtask|structuredClone|atob|btoa|Text(?:En|De)coder|require|import|this|global|eval|Function|constructor|\\[ux]/;

/** Whether code may use `console`. Errs towards yes. */
export function needsConsole(source: string): boolean {
  return source.includes('console') || needsExtras(source);
}

/** Whether code may use more than roots and the language. Errs towards yes. */
export function needsExtras(source: string): boolean {
  return EXTRAS.test(source);
}

type Parse = (source: string, options: { ecmaVersion: 'latest'; sourceType: 'script' }) => Program;

/** `import(…)` becomes a call of the same length, since V8 would answer it with an object of the harness' realm. */
function withoutDynamicImports(script: string, parse: Parse): string {
  if (!/\bimport\b/.test(script)) return script;
  const starts: number[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ((node as Node).type === 'ImportExpression') starts.push((node as Node).start);
    for (const inner of Object.values(node)) visit(inner);
  };
  try {
    visit(parse(script, { ecmaVersion: 'latest', sourceType: 'script' }));
  } catch {
    // V8 says what is wrong with it.
    return script;
  }
  let changed = script;
  for (const at of starts) changed = `${changed.slice(0, at)}$mport${changed.slice(at + 6)}`;
  return changed;
}

function strip(script: string, opening: string): string {
  try {
    return stripTypeScriptTypes(script, { mode: 'strip' });
  } catch (thrown) {
    throw syntaxFault(thrown, opening);
  }
}

/** Where V8 and the stripper of types put a syntax error: `file:LINE`, lines of the source, and carets under the place. */
function syntaxFault(thrown: unknown, opening: string): SourceFault {
  const stack = thrown instanceof Error ? String(thrown.stack) : '';
  const [head = '', ...rest] = stack.split('\n');
  const caret = rest.find((one) => /^\s*\^+$/.test(one)) ?? '';
  const line = /:(\d+)$/.exec(head)?.[1];
  const column = caret.indexOf('^') + 1 - (line === '1' ? opening.length : 0);
  const message = thrown instanceof Error ? thrown.message : 'invalid code';
  return new SourceFault(message, { line: line === undefined ? undefined : Number(line), column: column > 0 ? column : undefined });
}

/** Compiles sources; keeps the last ones. */
export class Sources {
  readonly #kept = new Map<string, Script>();
  /** On the first line, before the user's text. */
  readonly #opening: string;
  readonly #parse: () => Parse;

  /** @param rootNames parameters of the function around the user's, separated by commas */
  constructor(rootNames: string, parse: () => Parse) {
    this.#opening = `(function (${rootNames}) { return async function () {`;
    this.#parse = parse;
  }

  /** @throws SourceFault with the place in the user's text */
  compile(language: string, source: string): Script {
    const key = `${language}:${source}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const script = this.#script(language, source);
    this.#kept.set(key, script);
    if (this.#kept.size > KEPT) for (const oldest of this.#kept.keys()) if (this.#kept.size > KEPT) this.#kept.delete(oldest);
    return script;
  }

  #script(language: string, source: string): Script {
    const plain = source.includes('import') ? withoutStaticImports(source) : source;
    const wrapped = `${this.#opening}${plain}\n}})`;
    const untyped = language === 'typescript' ? strip(wrapped, this.#opening) : wrapped;
    const script = untyped.includes('import') ? withoutDynamicImports(untyped, this.#parse()) : untyped;
    try {
      return new Script(script, { filename: USER_FILE, columnOffset: -this.#opening.length, importModuleDynamically: refuseImport });
    } catch (thrown) {
      throw syntaxFault(thrown, this.#opening);
    }
  }
}
