import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { NodeFault } from '@millwright/api';
import type { DiscoveredPackage, SourcePlace } from '@millwright/node-registry';
import { faultAt } from './source-fault.ts';

/** Faults that are told of one package. */
const MOST = 20;
/** A check that takes longer is given up, in ms. */
const LONGEST_MS = 120_000;
const LINE = /^(.+?)\((\d+),(\d+)\): error TS\d+: (.*)$/;

/** What the type checker says of one line. */
export interface TypeFault {
  readonly text: string;
  readonly at: SourcePlace;
}

/** Reads what the type checker printed; files outside of the folder are left out. */
export function readTypeFaults(output: string, { root, dir }: { readonly root: string; readonly dir: string }): readonly TypeFault[] {
  const faults = output.split('\n').flatMap((line): readonly TypeFault[] => {
    const [, named = '', row, column, text = ''] = LINE.exec(line) ?? [];
    const file = path.resolve(root, named);
    return row === undefined || !file.startsWith(`${dir}${path.sep}`)
      ? []
      : [{ text, at: { file, line: Number(row), column: Number(column) } }];
  });
  return faults.slice(0, MOST);
}

/** The checkout's rules, for one package and what it imports. */
function settingsFor({ dir }: Pick<DiscoveredPackage, 'dir'>, root: string, buildInfo: string): object {
  const sdk = path.join(root, 'packages/node-sdk/src');
  // A package outside of the checkout has no dependencies of its own.
  const paths = { '@millwright/node-sdk': [path.join(sdk, 'index.ts')], '@millwright/node-sdk/testing': [path.join(sdk, 'testing.ts')] };
  return {
    extends: path.join(root, 'tsconfig.base.json'),
    compilerOptions: {
      typeRoots: [path.join(root, 'node_modules/@types')],
      incremental: true,
      tsBuildInfoFile: buildInfo,
      ...(dir.startsWith(`${root}${path.sep}`) ? {} : { paths }),
    },
    include: [path.join(dir, 'src/**/*.ts')],
    exclude: [path.join(dir, '**/*.test.ts'), path.join(dir, 'node_modules')],
  };
}

/**
 * Runs the type checker over one package, with the rules of the checkout; what did not change since the last time is not checked again.
 * @param folder where its settings and what it remembers are kept
 */
export async function findTypeFaults(
  found: Pick<DiscoveredPackage, 'dir'>,
  { root, folder }: { readonly root: string; readonly folder: string },
): Promise<readonly NodeFault[]> {
  const name = path.basename(found.dir);
  const file = path.join(folder, `tsconfig.${name}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(settingsFor(found, root, path.join(folder, `${name}.tsbuildinfo`))));
  const args = [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', file, '--pretty', 'false'];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 16 * 1024 * 1024, timeout: LONGEST_MS }, (_, stdout) => resolve(stdout));
  });
  return Promise.all(readTypeFaults(output, { root, dir: found.dir }).map(({ text, at }) => faultAt(text, at, root)));
}
