import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { PythonGround } from './launch.ts';

const USUAL = ['/usr/bin/python3', '/usr/local/bin/python3', '/opt/homebrew/bin/python3'];

/** Loads what links to libraries of the system, then says what is mapped: no list of ours has to know every distribution. */
const ASK = `
import importlib, json, os, sys
for name in ('ssl', 'hashlib', 'zlib', 'bz2', 'lzma', 'sqlite3', 'ctypes', 'decimal', 'uuid', 'unicodedata', 'xml.parsers.expat'):
    try: importlib.import_module(name)
    except ImportError: pass
files = {line.split(None, 5)[5].strip() for line in open('/proc/self/maps') if line.count('/') and '.so' in line}
print(json.dumps({'executable': sys.executable, 'stdlib': os.path.dirname(os.__file__), 'files': sorted(files), 'version': sys.version_info[:2]}))
`;

const answerSchema = z.object({
  executable: z.string().min(1),
  stdlib: z.string().min(1),
  files: z.array(z.string()),
  version: z.tuple([z.number(), z.number()]),
});

/** The oldest minor version of Python 3 that the harness is written for. */
const OLDEST_MINOR = 9;

/** Names under which a library may be asked for by the loader: as mapped, and under the usual folders that link to it. */
function spellings(file: string): readonly string[] {
  const merged = file.startsWith('/usr/lib') ? [file.slice('/usr'.length)] : [`/usr${file}`];
  return [file, ...merged.filter((other) => existsSync(other))];
}

function loaders(): readonly string[] {
  return ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1', '/lib/ld-musl-x86_64.so.1'].filter((file) => existsSync(file));
}

/**
 * Looks for a Python that can run behind the walls.
 * @param wished a path; null: none; undefined: in the usual places
 */
export function findPython(wished: string | null | undefined): PythonGround | undefined {
  if (wished === null) return undefined;
  const command = wished ?? USUAL.find((file) => existsSync(file));
  if (command === undefined || !existsSync(command)) return undefined;
  const asked = spawnSync(command, ['-I', '-S', '-c', ASK], { env: {}, encoding: 'utf8', timeout: 20_000 });
  if (asked.status !== 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(asked.stdout);
  } catch {
    return undefined;
  }
  const answer = answerSchema.safeParse(value);
  if (!answer.success || answer.data.version[0] !== 3 || answer.data.version[1] < OLDEST_MINOR) return undefined;
  const { stdlib, files } = answer.data;
  const executable = realpathSync(answer.data.executable);
  const outside = files.filter((file) => !file.startsWith(`${stdlib}${path.sep}`));
  // Sonames are links: the loader asks for `libz.so.1`, and what is mapped is `libz.so.1.2.13`.
  const libraries = outside.flatMap(withSoname).flatMap(spellings);
  const zones = ['/usr/share/zoneinfo'].filter((folder) => existsSync(folder));
  return { executable, files: [...new Set([executable, stdlib, ...libraries, ...loaders(), ...zones])] };
}

/** `libz.so.1.2.13` and `libz.so.1`. */
function withSoname(file: string): readonly string[] {
  const short = file.replace(/(\.so\.\d+)[.\d]+$/, '$1');
  return short !== file && existsSync(short) ? [file, short] : [file];
}
