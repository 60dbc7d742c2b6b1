import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '@millwright/core';
import type { CliConfig } from './config.ts';
import { start } from './start.ts';

const USAGE = `millwright dev           follows nodes/*
millwright dev <folder>  follows a node package, or a folder of them, beside nodes/*`;

/** The environment in which the server follows sources. @throws UserError `dev_refused` on a machine for production, `arguments_invalid` */
export async function devEnvironment(
  { env, cwd, isMultiTenant }: Pick<CliConfig, 'env' | 'cwd' | 'isMultiTenant'>,
  args: readonly string[],
): Promise<CliConfig['env']> {
  const refusal = env['NODE_ENV'] === 'production' ? 'NODE_ENV is production' : isMultiTenant ? 'MILLWRIGHT_MULTI_TENANT is on' : null;
  if (refusal !== null)
    throw new UserError('invalid', {
      code: 'dev_refused',
      message: `Sources of node packages are not followed here: ${refusal}, and what is published must not change with a file.`,
      hint: 'Use `millwright start` here, and `millwright dev` on a machine for development.',
    });
  const [named, ...more] = args;
  const folder = named === undefined ? undefined : resolve(cwd, named);
  if (more.length > 0 || (folder !== undefined && !(await isThere(folder))))
    throw new UserError('invalid', {
      code: 'arguments_invalid',
      message: more.length > 0 ? 'one folder is enough' : `there is no folder ${folder ?? ''}`,
      hint: USAGE,
    });
  const followed = folder === undefined ? {} : { MILLWRIGHT_DEV_FOLDER: folder };
  return { ...env, NODE_ENV: 'development', MILLWRIGHT_DEV: 'true', ...followed };
}

async function isThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  );
}

/**
 * `millwright dev`: everything on this machine, following the sources of node packages: changes are loaded without a restart.
 * @returns the exit code
 */
export async function dev(config: CliConfig, args: readonly string[]): Promise<number> {
  return start({ ...config, env: await devEnvironment(config, args) });
}
