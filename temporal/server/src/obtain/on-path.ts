import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runProgram, type Environment } from '@millwright/platform';
import { TEMPORAL_VERSION } from '../version.ts';
import { binariesIn, type TemporalBinaries } from './binaries.ts';

/** Both programs in one folder of PATH, when they are of our version. */
export async function binariesOnPath(env: Environment): Promise<TemporalBinaries | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((part) => part !== '')) {
    const found = await binariesIn(folder, 'path');
    if (found !== undefined && (await isOurVersion(found.server, env)) && (await isOurVersion(found.sqlTool, env))) return found;
  }
  return undefined;
}

async function isOurVersion(file: string, env: Environment): Promise<boolean> {
  const said = await runProgram({ name: file, file, args: ['--version'], env }).catch(() => '');
  return said.split(/\s+/).includes(TEMPORAL_VERSION);
}

/** The first program of this name on PATH. */
export async function programOnPath(name: string, env: Environment): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((part) => part !== '')) {
    const file = join(folder, name);
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return undefined;
}
