import { UserError } from '@millwright/core';
import { createKeyRotation, createVault, createWorkspaceKeys, type KeyRotation, type RotationProgress } from '@millwright/credentials';
import { audit, openDatabase, type Database } from '@millwright/db';
import { createLogger } from '@millwright/platform';
import type { KeyConfig } from '../config.ts';
import { rootKeyOf } from './root-key.ts';

/** Progress is told at each further part of a tenth, and at the end. */
const PARTS = 10;

const STAGES = { wrap: 'wrapped by both keys', finish: 'wrapped by the new key only' } as const;

const USAGE = `keys rotate             another root key, and every workspace key wrapped by it
keys rotate workspaces  another key for each workspace, and every stored secret wrapped by it`;

function kindOf(args: readonly string[]): 'root' | 'workspaces' {
  const [verb, kind = 'root', ...more] = args;
  if (verb === 'rotate' && more.length === 0 && (kind === 'root' || kind === 'workspaces')) return kind;
  throw new UserError('invalid', { code: 'arguments_invalid', message: `keys ${args.join(' ')} is no command`, hint: USAGE });
}

/** A key that was exchanged. */
interface Rotated {
  readonly key: 'root' | 'workspace';
  readonly id: string;
  /** What is wrapped by it now. */
  readonly rewrapped: number;
}

function isTold({ done, of }: Pick<RotationProgress, 'done' | 'of'>): boolean {
  return done === of || Math.floor((done * PARTS) / of) > Math.floor(((done - 1) * PARTS) / of);
}

/** What was rotated in a workspace, for its audit log: as the API's entry says it, by the system, since nobody is signed in here. */
async function record(db: Database, workspaceId: string, { key, id, rewrapped }: Rotated): Promise<void> {
  const target = { kind: 'key', id };
  await db.tenant(workspaceId, (tx) =>
    audit.append(tx, { actor: { kind: 'system', id: null }, action: 'key.rotated', target, details: { key, rewrapped, by: 'command' } }),
  );
}

/** Workspaces of the install, always in the same order. */
async function workspaceIds(db: Database): Promise<readonly string[]> {
  const { rows } = await db.executor.query<{ id: string }>('select id from workspaces order by id');
  return rows.map(({ id }) => id);
}

async function rotateRoot(rotation: KeyRotation, db: Database, say: (line: string) => void): Promise<void> {
  const { rootId, rewrapped } = await rotation.rotateRootKey((progress) => {
    const { stage, done, of } = progress;
    if (isTold(progress)) say(`${done} of ${of} workspaces: keys ${STAGES[stage]}`);
  });
  for (const workspaceId of await workspaceIds(db)) await record(db, workspaceId, { key: 'root', id: rootId, rewrapped });
  say(
    `The root key is ${rootId} now; it wraps ${rewrapped} workspace keys. The one before stays in its file for reading backups ("previous=").`,
  );
}

async function rotateWorkspaces(rotation: KeyRotation, db: Database, say: (line: string) => void): Promise<void> {
  const ids = await workspaceIds(db);
  let secrets = 0;
  for (const [index, workspaceId] of ids.entries()) {
    const { keyId, rewrapped } = await rotation.rotateWorkspaceKey(workspaceId);
    await record(db, workspaceId, { key: 'workspace', id: keyId, rewrapped });
    secrets += rewrapped;
    const progress = { done: index + 1, of: ids.length };
    if (isTold(progress)) say(`${progress.done} of ${progress.of} workspaces have another key`);
  }
  say(`${secrets} stored secrets are wrapped by the new keys.`);
}

/**
 * Exchanges keys beside servers that run: they hear of it, and read with both keys meanwhile. Killed, it is finished by the next call.
 * @param args `rotate`, then `root` (default) or `workspaces`
 * @throws UserError `arguments_invalid`, `root_key_not_ours`, as `loadRootKey`; TransientError when the database is away
 */
export async function rotateKeys(config: KeyConfig, args: readonly string[], say: (line: string) => void): Promise<void> {
  const kind = kindOf(args);
  const rootKey = await rootKeyOf(config);
  const log = createLogger({ level: config.MILLWRIGHT_LOG_LEVEL, name: 'keys' });
  const db = await openDatabase({ url: config.DATABASE_URL, rolePassword: (role) => rootKey.deriveText(`postgres/${role}`), log });
  const keys = createWorkspaceKeys({ rootKey, database: db });
  const rotation = createKeyRotation({ rootKey, keys, vault: createVault(keys), db });
  try {
    await (kind === 'root' ? rotateRoot(rotation, db, say) : rotateWorkspaces(rotation, db, say));
  } finally {
    rotation.close();
    keys.close();
    await db.close();
  }
}
