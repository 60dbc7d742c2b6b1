/** Texts that run inside contexts, each compiled once per process. */
import { readFileSync } from 'node:fs';
import type { parse } from 'acorn';
import { compileFunction, Script, type Context } from 'node:vm';
import { refuseImport } from './imports.ts';

const HOME = import.meta.dirname;

/** Files beside the harness, written by `write-guest.ts`: an expression each. */
type Library = 'context' | 'extras' | 'luxon' | 'buffer';

const scripts = new Map<Library, Script>();

/** Runs a library in a context. @returns an object of that context */
export function runLibrary(name: Library, context: Context): unknown {
  let script = scripts.get(name);
  if (script === undefined) {
    script = new Script(readFileSync(`${HOME}/${name}.js`, 'utf8'), {
      filename: `millwright:${name}`,
      importModuleDynamically: refuseImport,
    });
    scripts.set(name, script);
  }
  return script.runInContext(context);
}

/** A CommonJS file as a function of a context. */
export function compileModule(path: string, context: Context): unknown {
  return compileFunction(readFileSync(path, 'utf8'), ['exports', 'require', 'module', '__filename', '__dirname'], {
    filename: path,
    parsingContext: context,
    importModuleDynamically: refuseImport,
  });
}

/** The parser, in this realm. */
export function loadParser(): typeof parse {
  return (new Script(readFileSync(`${HOME}/acorn.js`, 'utf8')).runInThisContext() as { parse: typeof parse }).parse;
}
