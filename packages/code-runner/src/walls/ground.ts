import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { CodeRunnerOptions } from '../types.ts';
import type { Ground, PythonGround } from './launch.ts';
import { findPython } from './python.ts';
import { seccompFilter } from './seccomp.ts';

const BWRAP = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'];
const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'];
const TRIAL_MS = 10_000;

/** Files that Node has mapped in this very process: what it needs anywhere. */
function nodeLibraries(): readonly string[] {
  // Names of peers would be looked up for it, one by one.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { readonly sharedObjects?: readonly string[] };
  const files = (report.sharedObjects ?? []).filter((file) => file.startsWith('/') && existsSync(file) && !file.endsWith('.node'));
  const loaders = ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1'].filter((file) => existsSync(file));
  return [...new Set([...files, ...loaders])].filter((file) => file !== process.execPath);
}

/** Whether the launcher can build its walls here; some systems forbid user namespaces. */
function works(bwrap: string): boolean {
  const args = ['--unshare-all', '--unshare-user', '--disable-userns', '--ro-bind', '/', '/', '--cap-drop', 'ALL', '--', '/bin/true'];
  return succeeds(bwrap, args);
}

const succeeds = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { env: {}, stdio: 'ignore', timeout: TRIAL_MS }).status === 0;

/** Some systems have one that cannot do it. */
function findSetpriv(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  return SETPRIV.find((file) => existsSync(file) && succeeds(file, ['--pdeathsig', 'KILL', '--', '/bin/true']));
}

function findBwrap(wished: string | null | undefined): string | undefined {
  if (wished === null || process.platform !== 'linux') return undefined;
  const found = wished === undefined ? BWRAP.find((file) => existsSync(file)) : wished;
  return found !== undefined && existsSync(found) && works(found) ? found : undefined;
}

/** Looks at what this machine has to build walls with. @param guest the folder with the program of the sandbox */
export function findGround(options: Pick<CodeRunnerOptions, 'bwrap' | 'python' | 'packagesFolder'>, guest: string): Ground {
  const bwrap = findBwrap(options.bwrap);
  const { packagesFolder } = options;
  // Without walls from outside Python would have none at all.
  const python: PythonGround | undefined = bwrap === undefined ? undefined : findPython(options.python);
  return {
    bwrap,
    setpriv: bwrap === undefined ? findSetpriv() : undefined,
    node: realpathSync(process.execPath),
    libraries: nodeLibraries(),
    filter: bwrap === undefined ? undefined : seccompFilter(process.arch),
    guest: realpathSync(guest),
    packages:
      packagesFolder !== undefined && existsSync(path.join(packagesFolder, 'node_modules')) ? realpathSync(packagesFolder) : undefined,
    python,
  };
}
