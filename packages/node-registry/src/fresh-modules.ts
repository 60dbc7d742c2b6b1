import { registerHooks, type ResolveHookSync } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Parameter of an address that tells one state of a package's sources from another. */
const STATE = 'state';
let isWatching = false;

/** What a package imports by name is looked for where it lies, then here: a package outside of this install has no dependencies of its own. */
function resolveFrom(...[specifier, context, next]: Parameters<ResolveHookSync>): ReturnType<ResolveHookSync> {
  try {
    return next(specifier, context);
  } catch (thrown) {
    if (specifier.startsWith('.')) throw thrown;
    return next(specifier, { ...context, parentURL: import.meta.url });
  }
}

/**
 * Packages outside of this install may import what is installed here; and modules keep what they import relatively in the state that they
 * were asked for themselves.
 */
export function hookImports(): void {
  if (isWatching) return;
  isWatching = true;
  registerHooks({
    resolve: (specifier, context, next) => {
      const found = resolveFrom(specifier, context, next);
      const { parentURL } = context;
      if (!specifier.startsWith('.') || parentURL?.startsWith('file:') !== true || !found.url.startsWith('file:')) return found;
      const state = new URL(parentURL).searchParams.get(STATE);
      if (state === null) return found;
      const url = new URL(found.url);
      url.searchParams.set(STATE, state);
      return { ...found, url: url.href };
    },
  });
}

/**
 * The address under which a module is loaded anew for each state of its sources, with all that it imports from its own package. What was
 * loaded before stays in memory, and runs that use it go on with it: for machines of developers.
 * @param state a hash of the sources
 */
export function freshUrl(entry: string, state: string): string {
  hookImports();
  const url = pathToFileURL(entry);
  url.searchParams.set(STATE, state);
  return url.href;
}
