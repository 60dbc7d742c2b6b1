import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const entry = path.resolve(import.meta.dirname, '../../../packages/expressions/src/browser/index.ts');

/** What the expressions weigh in a browser, bytes after gzip, without Luxon. */
export interface BrowserBytes {
  /** What is loaded to read, check, complete, rename and evaluate an expression: the entry and all that it imports. */
  readonly first: number;
  /** What is loaded when an expression first needs it, by the name of the chunk. */
  readonly later: Readonly<Record<string, number>>;
}

/** Builds the browser's entry as the web app is built, minified, and weighs its chunks. */
export async function browserBytes(): Promise<BrowserBytes> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      rollupOptions: { input: entry, preserveEntrySignatures: 'strict', external: ['luxon', /^node:/u] },
    },
  });
  const outputs = [output].flat().flatMap((one) => ('output' in one ? one.output : []));
  const chunks = outputs.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk] : []));
  const first = new Set<string>(chunks.flatMap((chunk) => (chunk.isEntry ? [chunk.fileName] : [])));
  // A set that grows while it is gone through: what an import imports comes as well.
  for (const name of first) for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) first.add(imported);
  const weight = (code: string): number => gzipSync(code, { level: 9 }).length;
  return {
    first: chunks.reduce((sum, { fileName, code }) => sum + (first.has(fileName) ? weight(code) : 0), 0),
    later: Object.fromEntries(chunks.flatMap(({ fileName, name, code }) => (first.has(fileName) ? [] : [[name, weight(code)]]))),
  };
}
