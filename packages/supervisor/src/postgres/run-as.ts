import { chown, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@millwright/core';
import { runProgram, type Environment, type Program } from '@millwright/platform';

/** How a program that refuses to run as root is started. */
export interface RunAs {
  readonly wrap: (program: Program) => Program;
  /** Who must own the files. */
  readonly owner: { readonly uid: number; readonly gid: number };
}

const UNMAPPED = 65_534;

/**
 * Decides how PostgreSQL is started. As an ordinary user: plainly. As root: as the user `postgres` (made when missing) where that user
 * can enter the folders; else in a user namespace of our own, in which root's files belong to somebody who is not root.
 * @param folders what the program must reach
 * @throws UserError `postgres_needs_user` when neither can be done
 */
export async function runPostgresAs(folders: readonly string[], env: Environment): Promise<RunAs> {
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if (process.getuid?.() !== 0) return { wrap: (program) => program, owner };
  const user = await postgresUser(env);
  const closed = user === undefined ? undefined : await firstClosed(folders, user.uid);
  if (user !== undefined && closed === undefined) return { wrap: (program) => ({ ...program, user }), owner: user };
  const id = String(UNMAPPED);
  const namespace = ['--user', `--map-user=${id}`, `--map-group=${id}`, '--'];
  if (await works({ name: 'unshare', file: 'unshare', args: [...namespace, 'true'], env })) {
    return { wrap: (program) => ({ ...program, file: 'unshare', args: [...namespace, program.file, ...program.args] }), owner };
  }
  throw new UserError('unprocessable', {
    code: 'postgres_needs_user',
    message: `PostgreSQL does not run as root, and the user postgres ${closed === undefined ? 'cannot be made' : `cannot enter ${closed}`}.`,
    hint: 'Start as an ordinary user, or move the checkout and MILLWRIGHT_DATA into folders that other users may enter (such as /opt), or set DATABASE_URL.',
  });
}

async function works(program: Program): Promise<boolean> {
  return runProgram(program).then(
    () => true,
    () => false,
  );
}

async function postgresUser(env: Environment): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  const known = await idsOf(env);
  if (known !== undefined) return known;
  await works({ name: 'groupadd', file: 'groupadd', args: ['--system', 'postgres'], env });
  await works({
    name: 'useradd',
    file: 'useradd',
    args: ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
    env,
  });
  return idsOf(env);
}

async function idsOf(env: Environment): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => runProgram({ name: 'id', file: 'id', args: [flag, 'postgres'], env }).then(Number, () => undefined)),
  );
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/** The first folder on the way that a user may not enter. */
async function firstClosed(folders: readonly string[], uid: number): Promise<string | undefined> {
  for (const folder of folders) {
    for (let path = folder; ; path = dirname(path)) {
      const found = await stat(path).catch(() => undefined);
      if (found !== undefined && found.uid !== uid && (found.mode & 0o001) === 0) return path;
      if (dirname(path) === path) break;
    }
  }
  return undefined;
}

/** Gives a folder and all below to the user that will work in it, when it is somebody else's. */
export async function giveTo(folder: string, owner: RunAs['owner']): Promise<void> {
  if (process.getuid?.() !== 0 || (await stat(folder)).uid === owner.uid) return;
  const names = await readdir(folder, { recursive: true });
  for (const name of names) await chown(join(folder, name), owner.uid, owner.gid);
  await chown(folder, owner.uid, owner.gid);
}
