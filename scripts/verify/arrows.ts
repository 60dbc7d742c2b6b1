/**
 * Import arrows: who may import whom, read from the list in docs/architecture.md.
 * Also: no relative import leaves its package, and a few libraries stay behind one folder.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { report, ROOT, sourceFiles, type SourceFile } from './source-files.ts';

/** Libraries that only one folder may know. */
const BEHIND: readonly (readonly [library: RegExp, folder: string])[] = [
  [/^@xyflow\//, 'apps/web/src/editor/canvas/'],
  [/^@temporalio\//, 'temporal/'],
  [/^(drizzle-orm|pg$)/, 'packages/db/'],
  [/^better-auth/, 'packages/api/src/identity/'],
];

/** May import drivers directly although the rule above says otherwise, and why. */
const EXCEPTIONS: ReadonlySet<string> = new Set([
  // The supervisor creates databases before `db` has one to open.
  'packages/supervisor: pg',
  // The starter of the embedded server prepares Temporal's own databases.
  'temporal/server: pg',
  // Its actions talk to databases of users, never to ours; nodes may use the vendor's client library.
  'nodes/postgres: pg',
]);

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|(?:^|[^.\w])import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g;

/** The allowed targets per importer; `*` allows all. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the list: the fenced lines with `→` in the architecture page. */
export function readArrows(page: string): Arrows {
  const arrows = new Map<string, Set<string>>();
  for (const line of page.split('\n')) {
    const match = /^([a-z0-9/*, -]+?)\s+→\s+(.+)$/.exec(line);
    if (!match?.[1] || !match[2]) continue;
    const targets = match[2]
      .replaceAll(/\([^)]*\)/g, '')
      .split(/[,;]/)
      .map((part) => part.trim());
    for (const importer of match[1].split(',').map((part) => part.trim())) {
      const set = arrows.get(importer) ?? new Set<string>();
      for (const target of targets) {
        if (target.startsWith('anything')) set.add('*');
        else if (target !== '—' && target !== '')
          set.add(importer.startsWith('temporal/') && target === 'protocol' ? 'temporal/protocol' : target);
      }
      arrows.set(importer, set);
    }
  }
  return arrows;
}

/** `packages/db/src/x.ts` → `db`; `temporal/client/…` → `temporal/client`; `apps/web/…` → `apps/web`; `nodes/core-http/…` → `nodes/core-http`. */
function roomOf(file: string): string | null {
  const [top, name] = file.split('/');
  if (top === 'packages') return name ?? null;
  return top === 'temporal' || top === 'apps' || top === 'nodes' ? `${top}/${name}` : null;
}

/** `@millwright/temporal-client/x` → `temporal/client`. */
function roomOfPackage(specifier: string): string {
  const name = specifier.slice('@millwright/'.length).split('/')[0] ?? '';
  if (name.startsWith('temporal-')) return `temporal/${name.slice('temporal-'.length)}`;
  if (name.startsWith('node-core-') || name.startsWith('node-test-')) return `nodes/${name.slice('node-'.length)}`;
  return name === 'server' || name === 'web' || name === 'cli' ? `apps/${name}` : name;
}

function allowed(arrows: Arrows, from: string, to: string): boolean {
  const set = arrows.get(from) ?? arrows.get(from.startsWith('nodes/') ? 'nodes/*' : from);
  if (!set) return false;
  if (set.has('*')) return to !== 'testing' && !(from.startsWith('apps/') && to.startsWith('apps/'));
  return set.has(to) || (to.startsWith('temporal/') && set.has('temporal/*'));
}

function importsOf(file: SourceFile): readonly string[] {
  return [...file.text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

/** What is wrong with one import, or null. */
function fault(arrows: Arrows, file: SourceFile, specifier: string): string | null {
  const room = roomOf(file.path);
  if (room === null) return null;
  if (specifier.startsWith('.')) {
    const target = path.posix.join(path.posix.dirname(file.path), specifier);
    return roomOf(target) === room ? null : `${file.path} imports ${specifier}: a relative import may not leave its package`;
  }
  if (specifier.startsWith('@millwright/')) {
    const to = roomOfPackage(specifier);
    return to === room || allowed(arrows, room, to)
      ? null
      : `${file.path} imports ${specifier}: no arrow ${room} → ${to} in docs/architecture.md`;
  }
  const rule = BEHIND.find(([library, folder]) => library.test(specifier) && !file.path.startsWith(folder));
  const home = file.path.split('/').slice(0, 2).join('/');
  return !rule || EXCEPTIONS.has(`${home}: ${specifier}`) ? null : `${file.path} imports ${specifier}: only ${rule[1]} may`;
}

/** Every forbidden import of the given files. */
export function checkArrows(arrows: Arrows, files: readonly SourceFile[]): readonly string[] {
  return files
    .filter((file) => !file.isTest)
    .flatMap((file) => importsOf(file).map((specifier) => fault(arrows, file, specifier)))
    .filter((finding) => finding !== null);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const arrows = readArrows(readFileSync(path.join(ROOT, 'docs/architecture.md'), 'utf8'));
  report('arrows', checkArrows(arrows, sourceFiles()));
}
