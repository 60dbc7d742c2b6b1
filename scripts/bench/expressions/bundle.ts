import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const entry = path.resolve(import.meta.dirname, '../../../packages/expressions/src/index.ts');

/** What the expressions weigh in a browser: bytes of the minified package with its parser and patterns, gzip, without Luxon. */
export async function browserBytes(): Promise<number> {
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
  const chunks = [output].flat().flatMap((one) => ('output' in one ? one.output : []));
  const code = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk.code] : [])).join('\n');
  return gzipSync(code, { level: 9 }).length;
}
