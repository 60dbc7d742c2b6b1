import { ask, askText, failure, setGlobal, setLazyGlobal } from './core.ts';
import { cryptoModule } from './crypto.ts';
import { state } from './state.ts';
import { buffers } from './text.ts';

interface Luxon {
  readonly DateTime: { fromMillis: (ms: number, options: { zone: string }) => { startOf: (unit: string) => unknown } };
  readonly Settings: { defaultZone: string };
  readonly [name: string]: unknown;
}

let library: Luxon | undefined;

/** Luxon, in the zone of the workflow. */
function luxon(): Luxon {
  if (library === undefined) {
    library = ask('library', 'luxon') as Luxon;
    library.Settings.defaultZone = state.data.timezone ?? 'UTC';
  }
  return library;
}

/** Sets Luxon's classes, and `$now` and `$today`, which are given and not read from a clock. */
export function installDates(): void {
  for (const name of ['DateTime', 'Duration', 'Interval']) setLazyGlobal(name, () => luxon()[name]);
  setLazyGlobal('luxon', luxon);
  const now = (): { startOf: (unit: string) => unknown } =>
    luxon().DateTime.fromMillis(state.data.nowMs ?? 0, { zone: state.data.timezone ?? 'UTC' });
  setLazyGlobal('$now', now);
  setLazyGlobal('$today', () => now().startOf('day'));
}

interface Module {
  exports: unknown;
}

/** Gets `exports`, `require`, `module`, and the names of its file and folder. */
type Load = (...values: unknown[]) => void;
type Require = (name: string) => unknown;

const loaded = new Map<string, Module>();

/** Built-in modules that this context has of its own; all others come from Node and make the process end with the call. */
const OWN: Readonly<Record<string, () => unknown>> = {
  crypto: () => cryptoModule,
  buffer: () => buffers(),
  url: () => ({ URL, URLSearchParams }),
  timers: () => ({ setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate }),
  luxon,
};

function loadFile(path: string): unknown {
  const known = loaded.get(path);
  if (known !== undefined) return known.exports;
  const module: Module = { exports: {} };
  loaded.set(path, module);
  try {
    if (path.endsWith('.json')) module.exports = JSON.parse(askText('read', path));
    else {
      const load = ask('compile', path) as Load;
      load.call(module.exports, module.exports, requireFrom(path), module, path, path.slice(0, path.lastIndexOf('/')));
    }
  } catch (thrown) {
    loaded.delete(path);
    throw thrown;
  }
  return module.exports;
}

/** `require` of one file; '' is the user's code. */
function requireFrom(from: string): Require {
  return (wanted) => {
    if (typeof wanted !== 'string') throw new TypeError('require takes the name of a package');
    const bare = wanted.startsWith('node:') ? wanted.slice(5) : wanted;
    const own = Object.hasOwn(OWN, bare) ? OWN[bare] : undefined;
    if (own !== undefined) return own();
    const found = askText('resolve', wanted, from);
    if (found.startsWith('node:')) return ask('builtin', found);
    if (found === '') throw failure('code_package_denied', `There is no package "${wanted}"`);
    return loadFile(found);
  };
}

const userRequire = requireFrom('');

/** `import(…)` of the user's code: as Node shows a CommonJS module. */
async function importModule(wanted: unknown): Promise<unknown> {
  const value = userRequire(String(wanted));
  const isObject = (typeof value === 'object' || typeof value === 'function') && value !== null;
  const fields = isObject ? Object.assign({}, value) : {};
  return { ...fields, default: isObject && '__esModule' in value && 'default' in value ? value.default : value };
}

/** Sets `require`, and what `import(…)` is rewritten to. */
export function installModules(): void {
  setGlobal('require', userRequire);
  setGlobal('$mport', importModule);
}
