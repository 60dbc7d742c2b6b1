/** Which files `require` may load: allow-listed packages from the admin's folder, and what these load themselves. */
import { realpathSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';

const FOLDER = process.argv[2] ?? '/packages';

/** Where packages are: of the admin's folder only this, since its other files are not for code. */
export const PACKAGES = `${FOLDER}/node_modules`;

/** Built-in modules that are never given out: they start processes, threads or compilers, or reach into this one. */
const CLOSED = new Set([
  'child_process',
  'cluster',
  'diagnostics_channel',
  'inspector',
  'module',
  'process',
  'repl',
  'sea',
  'sqlite',
  'test',
  'trace_events',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
]);

/** What a call may load. */
export interface Allowed {
  readonly packages: readonly string[];
  /** Whether Node's own modules may be given out, to packages and where the list names them: only behind walls that do not need the context to hold. */
  readonly builtins: boolean;
}

/** A name that may not be loaded. */
export class PackageDenied extends Error {}

const rootOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

function builtin(name: string, from: string, allowed: Allowed): string {
  const bare = name.startsWith('node:') ? name.slice(5) : name;
  const isListed = from !== '' || allowed.packages.includes(rootOf(bare));
  if (!allowed.builtins || !isListed || CLOSED.has(rootOf(bare))) throw new PackageDenied(`The module "${bare}" is not available to code`);
  return `node:${bare}`;
}

/**
 * The file behind a name.
 * @param from the file that asks; empty for the user's code
 * @throws PackageDenied for what is not on the list, or outside the folder
 */
export function resolveModule(name: string, from: string, allowed: Allowed): string {
  if (isBuiltin(name)) return builtin(name, from, allowed);
  const isUser = from === '';
  if (!isUser && !from.startsWith(`${PACKAGES}/`)) throw new PackageDenied('Only packages load files');
  if (
    isUser &&
    (!/^(@[\w.-]+\/)?[\w-]/.test(name) || name.includes(':') || name.includes('..') || !allowed.packages.includes(rootOf(name)))
  )
    throw new PackageDenied(`The package "${rootOf(name)}" is not on the list that an admin keeps for code nodes`);
  let found: string;
  try {
    found = realpathSync(createRequire(isUser ? `${FOLDER}/code.js` : from).resolve(name));
  } catch {
    throw new PackageDenied(`The package "${name}" is not installed for code nodes`);
  }
  if (!found.startsWith(`${PACKAGES}/`)) throw new PackageDenied(`"${name}" lies outside the folder of packages`);
  if (found.endsWith('.node')) throw new PackageDenied(`"${name}" is a compiled add-on, and code nodes load none`);
  return found;
}
