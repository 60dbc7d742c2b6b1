import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = 'http://127.0.0.1:4400';

/**
 * Libraries that live in a file of their own, so that an upgrade of ours does not load them again
 * and the sign-in page loads none that it does not need. Order matters: the first match wins.
 */
const vendorChunks: readonly (readonly [string, RegExp])[] = [
  ['vendor-react', /node_modules\/(react|react-dom|scheduler|use-sync-external-store)\//],
  ['vendor-router', /node_modules\/@tanstack\/(react-router|router-core|history|react-store|store)\//],
  ['vendor-query', /node_modules\/@tanstack\/(react-query|query-core)\//],
  ['vendor-i18n', /node_modules\/(i18next|react-i18next)\//],
  ['vendor-canvas', /node_modules\/(@xyflow|d3-[a-z]+|classcat)\//],
  ['vendor-document', /node_modules\/(yjs|y-protocols|lib0|@hocuspocus)\//],
  ['vendor-codemirror', /node_modules\/(@codemirror\/(autocomplete|state|view)|@marijn|style-mod|w3c-keyname|crelt)\//],
  // Only Code steps need these; expressions need the ones above.
  ['vendor-programs', /node_modules\/(@codemirror|@lezer)\//],
  ['vendor-zod', /node_modules\/zod\//],
];

/** elkjs (EPL-2.0) is shipped unchanged as files of its own (`src/editor/arrange`); its licence goes beside them. */
const elkLicense: Plugin = {
  name: 'elk-license',
  generateBundle() {
    const source = readFileSync(createRequire(import.meta.url).resolve('elkjs/LICENSE.md'), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'assets/elkjs-LICENSE.md', source });
  },
};

/**
 * Completion asks for the language of a text where it is a program's; an expression's field has none. So that expressions do not load
 * what reads languages, completion gets it from a file of ours, into which programs put the real one.
 */
const lateLanguage: Plugin = {
  name: 'late-language',
  apply: 'build',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === '@codemirror/language' && importer?.includes('/@codemirror/autocomplete/') === true
      ? path.resolve(import.meta.dirname, 'src/editor/inspector/text-editor/late-language.ts')
      : null,
};

export default defineConfig({
  plugins: [react(), tailwindcss(), elkLicense, lateLanguage],
  server: {
    // The host stays as the browser sent it: the server takes writes only from a page of the same origin.
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/hooks': { target: server, changeOrigin: false },
      '/echo': { target: server, changeOrigin: false },
      '/ws': { target: server, changeOrigin: false, ws: true },
    },
  },
  build: {
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // All of these know modulepreload.
    modulePreload: { polyfill: false },
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    // The content policy allows fonts and images from our own origin only, never from data: URLs.
    assetsInlineLimit: 0,
    rolldownOptions: {
      treeshake: {
        // Components of libraries that nothing uses are dropped: without this a call at the top of a module keeps them.
        manualPureFunctions: ['memo', 'forwardRef', 'fixedForwardRef', 'createContext'],
      },
      output: {
        codeSplitting: {
          groups: vendorChunks.map(([name, test], index) => ({ name, test, priority: vendorChunks.length - index })),
        },
      },
    },
  },
});
