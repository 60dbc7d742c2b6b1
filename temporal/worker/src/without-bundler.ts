import { registerHooks } from 'node:module';

/** What the SDK loads for making a bundle, and nothing else. */
const BUNDLER = new Set(['webpack', 'memfs', 'unionfs']);
const NOTHING = new URL('without-bundler.cjs', import.meta.url).href;

/**
 * Workers get their bundle made (`bundle.ts`), yet the SDK loads its bundler with them: 500 modules, a third of a second and 40 MB.
 * It gets an empty module instead. To be imported before the SDK; a test fails when the SDK changes.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    BUNDLER.has(specifier) && context.parentURL?.includes('@temporalio/worker') === true
      ? { url: NOTHING, format: 'commonjs', shortCircuit: true }
      : next(specifier, context),
});
