import { LIMITS } from '../limits.ts';

/** A program to start: a command and its arguments; the filter, if any, goes to descriptor 4. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly filter: Buffer | undefined;
}

/** What a machine has to build walls with. */
export interface Ground {
  /** bubblewrap; undefined: none, or it does not work here. */
  readonly bwrap: string | undefined;
  /** Where there is no bubblewrap: `setpriv`, which has the kernel end a sandbox with whoever started it; undefined: none that can. */
  readonly setpriv: string | undefined;
  readonly node: string;
  /** Libraries that Node loads. */
  readonly libraries: readonly string[];
  readonly filter: Buffer | undefined;
  /** The program of the sandbox. */
  readonly guest: string;
  /** The admin's folder of packages. */
  readonly packages: string | undefined;
  readonly python: PythonGround | undefined;
}

/** A Python to run behind the walls. */
export interface PythonGround {
  readonly executable: string;
  /** Folders and libraries that it needs, by their own path. */
  readonly files: readonly string[];
}

/** Reserved by V8 for code at its start, counted as data although nothing is in it, in MiB. */
const NODE_RESERVES_MB = 600;
const FILES = 64;

const bind = (from: string, to: string): readonly string[] => ['--ro-bind', from, to];

/** After the last bind: what holds the binds together can no longer be written to either. */
const SEALED = ['--remount-ro', '/', '--chdir', '/tmp', '--'];

/** Walls that a process has from outside of itself. */
function walls(ground: Ground, binds: readonly string[]): readonly string[] {
  return [
    '--unshare-all',
    '--unshare-user',
    '--disable-userns',
    '--uid',
    '65534',
    '--gid',
    '65534',
    '--hostname',
    'sandbox',
    '--clearenv',
    '--die-with-parent',
    '--new-session',
    '--cap-drop',
    'ALL',
    ...binds.flatMap((file) => bind(file, file)),
    '--size',
    String(LIMITS.tmpBytes),
    '--tmpfs',
    '/tmp',
    ...['/dev/null', '/dev/urandom'].flatMap((device) => ['--dev-bind', device, device]),
    ...(ground.filter === undefined ? [] : ['--seccomp', '4']),
  ];
}

/** Limits that a process and its threads inherit; `exec` leaves one process. */
function limited(dataMb: number, command: readonly string[]): Pick<Launch, 'command' | 'args'> {
  const limits = [`ulimit -c 0`, `ulimit -n ${FILES}`, `ulimit -f ${LIMITS.tmpBytes / 512}`, `ulimit -d ${dataMb * 1024}`];
  return { command: '/bin/sh', args: ['-c', `${limits.join('; ')}; exec "$@"`, 'sh', ...command] };
}

/** What Node runs, and with which limits. */
export interface NodeProgram {
  readonly memoryMb: number;
  /** A file of the guest. Default `main.cjs`. */
  readonly file?: string;
  /** Default none. */
  readonly args?: readonly string[];
  /** Node's own permission model; without it only the walls outside of Node stand. Default true. */
  readonly isPermitted?: boolean;
}

/** Where files are, as the process sees them. */
interface Places {
  readonly node: string;
  readonly guest: string;
  readonly packages: string | undefined;
  readonly tmp: string | undefined;
}

function nodeArguments(places: Places, { memoryMb, file = 'main.cjs', args = [], isPermitted = true }: NodeProgram): readonly string[] {
  const { node, guest, packages, tmp } = places;
  const readable = [guest, packages === undefined ? undefined : `${packages}/node_modules`, tmp].filter((folder) => folder !== undefined);
  const permissions = ['--permission', ...readable.map((folder) => `--allow-fs-read=${folder}/*`)];
  return [
    node,
    '--no-warnings',
    '--no-experimental-sqlite',
    '--disallow-code-generation-from-strings',
    '--experimental-vm-modules',
    '--single-threaded-gc',
    '--v8-pool-size=0',
    // Each call leaves a context behind, and little lives on: one collection of everything costs a third less than many small steps. Early, too:
    // memory that is used again is warm, and pages that are touched for the first time were a fifth of a call.
    '--no-incremental-marking',
    '--initial-old-space-size=8',
    `--max-old-space-size=${memoryMb}`,
    ...(isPermitted ? permissions : []),
    ...(isPermitted && tmp !== undefined ? [`--allow-fs-write=${tmp}/*`] : []),
    `${guest}/${file}`,
    packages ?? guest,
    ...args,
  ];
}

/** Node behind the walls that there are. */
export function launchNode(ground: Ground, program: NodeProgram): Launch {
  const dataMb = NODE_RESERVES_MB + program.memoryMb + LIMITS.bufferMb;
  if (ground.bwrap === undefined) {
    const places = { node: ground.node, guest: ground.guest, packages: ground.packages, tmp: undefined };
    const leash = ground.setpriv === undefined ? [] : [ground.setpriv, '--pdeathsig', 'KILL', '--'];
    return { ...limited(dataMb, [...leash, ...nodeArguments(places, program)]), filter: undefined };
  }
  const packages = ground.packages === undefined ? undefined : '/packages';
  const command = [
    ground.bwrap,
    ...walls(ground, ground.libraries),
    ...bind(ground.node, '/node'),
    ...bind(ground.guest, '/runner'),
    ...(ground.packages === undefined ? [] : bind(`${ground.packages}/node_modules`, '/packages/node_modules')),
    ...SEALED,
    ...nodeArguments({ node: '/node', guest: '/runner', packages, tmp: '/tmp' }, program),
  ];
  return { ...limited(dataMb, command), filter: ground.filter };
}

/** Python behind the same walls. Only where `ground.python` is known. */
export function launchPython(ground: Ground, memoryMb: number): Launch {
  const { executable = '/nonexistent', files = [] } = ground.python ?? {};
  const command = [
    ground.bwrap ?? '/nonexistent',
    ...walls(ground, files),
    ...bind(`${ground.guest}/python`, '/runner'),
    ...SEALED,
    executable,
    '-I',
    '-S',
    '-B',
    '/runner/harness.py',
  ];
  return { ...limited(memoryMb + LIMITS.bufferMb, command), filter: ground.filter };
}
