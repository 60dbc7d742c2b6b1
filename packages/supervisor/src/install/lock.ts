import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { InvariantError, isJsonObject, UserError } from '@millwright/core';
import { identify, isRunning, type ProcessIdentity } from '../children/process-identity.ts';

/** Who holds an install. */
export interface LockHolder extends ProcessIdentity {
  /** Where it answers, or why it has no address. */
  readonly address: string;
}

/** A held lock. */
export interface Lock {
  /** Gives it back. */
  readonly release: () => Promise<void>;
}

const TRIES = 5;

/**
 * Takes an install for this process. A lock whose process is gone is taken over.
 * @param file the lock file; made with a hard link, so that two takers cannot both win
 * @param address what a second start tells its user
 * @throws UserError `already_running` naming the running install's address
 */
export async function takeLock(file: string, address: string): Promise<Lock> {
  const self = identify(process.pid);
  if (self === undefined) throw new InvariantError({ code: 'no_identity', message: 'this process cannot name itself' });
  const holder: LockHolder = { ...self, address };
  const ours = `${file}.${process.pid}`;
  await writeFile(ours, JSON.stringify(holder));
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      if (await linked(ours, file)) return { release: async () => rm(file, { force: true }) };
      await clearStale(file);
    }
    throw new UserError('conflict', {
      code: 'lock_contended',
      message: `${file} is being taken by several processes at once`,
      hint: 'Start once.',
    });
  } finally {
    await rm(ours, { force: true });
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') return false;
    throw thrown;
  }
}

/** Who holds an install now; nothing when nobody does. */
export async function lockHolder(file: string): Promise<LockHolder | undefined> {
  const holder = parseHolder(await readFile(file, 'utf8').catch(() => ''));
  return holder !== undefined && isRunning(holder) ? holder : undefined;
}

async function clearStale(file: string): Promise<void> {
  const seen = await readFile(file, 'utf8').catch(() => '');
  const holder = parseHolder(seen);
  if (holder !== undefined && isRunning(holder)) {
    throw new UserError('conflict', {
      code: 'already_running',
      message: `This install is running already (process ${holder.pid}): ${holder.address}`,
      hint: `Open ${holder.address}, or stop it first. For a second install beside it set MILLWRIGHT_DATA and MILLWRIGHT_PORT.`,
    });
  }
  const aside = `${file}.stale.${process.pid}`;
  await rename(file, aside).catch(() => undefined);
  // Somebody may have replaced the stale lock by a good one since we looked: put it back.
  if ((await readFile(aside, 'utf8').catch(() => seen)) !== seen) await linked(aside, file);
  await rm(aside, { force: true });
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) return undefined;
    const { pid, startedAt, address } = value;
    return typeof pid === 'number' && typeof startedAt === 'string' && typeof address === 'string'
      ? { pid, startedAt, address }
      : undefined;
  } catch {
    return undefined;
  }
}
