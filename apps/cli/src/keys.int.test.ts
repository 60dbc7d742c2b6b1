import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { newId, type WorkspaceId } from '@millwright/core';
import { createWorkspaceKeys, loadRootKey } from '@millwright/credentials';
import { openDatabase, type Database } from '@millwright/db';
import { createLogger } from '@millwright/platform';
import { createOwner, lockRow, queryRows, startProduct, type Product, type RowLock, type SignedIn } from '@millwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Enough that progress is told on the way. */
const WORKSPACES = 30;

let product: Product;
let owner: SignedIn;
let db: Database;
let file: string;
const made: WorkspaceId[] = [];

/** One run of the command, in a group of its own, which a test may kill. */
class Rotation {
  lines = '';
  readonly #child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor(...args: readonly string[]) {
    this.#child = spawn(process.execPath, ['apps/cli/src/main.ts', 'keys', ...args], {
      env: product.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (chunk: Buffer) => (this.lines += chunk.toString()));
    this.ended = new Promise((resolve) => this.#child.once('exit', resolve));
  }

  /** Resolves when it has said something. */
  async says(text: RegExp): Promise<void> {
    while (!text.test(this.lines))
      await Promise.race([new Promise((resolve) => this.#child.stdout?.once('data', resolve)), this.#failed()]);
  }

  async #failed(): Promise<never> {
    throw new Error(`it ended with ${await this.ended}: ${this.lines}`);
  }

  async kill(): Promise<void> {
    process.kill(-(this.#child.pid ?? 0), 'SIGKILL');
    await this.ended;
  }
}

/** Opens every workspace's key as a process does that starts now, with the key as a text gives it. */
async function openAll(text: string): Promise<number> {
  const keys = createWorkspaceKeys({ rootKey: await loadRootKey({ file: '', value: text }), database: db });
  const opened = await Promise.all(
    made.map((id) =>
      keys.workspaceKey(id).then(
        () => 1,
        () => 0,
      ),
    ),
  );
  keys.close();
  return opened.reduce<number>((sum, one) => sum + one, 0);
}

async function wrappings(): Promise<{ readonly both: number; readonly all: number }> {
  const sql = 'select count(next_wrapped)::int as both, count(*)::int as all from workspace_keys';
  return (await queryRows<{ both: number; all: number }>(product.databaseUrl, sql))[0] ?? { both: 0, all: 0 };
}

/** What the audit logs say of exchanged keys: by whom, of which kind, and in how many workspaces. */
async function recorded(): Promise<
  readonly { readonly actor: string; readonly key: string; readonly by: string; readonly count: number }[]
> {
  return queryRows(
    product.databaseUrl,
    `select actor_kind as actor, details->>'key' as key, details->>'by' as by, count(*)::int as count
     from audit_log where action = 'key.rotated' group by 1, 2, 3 order by 2`,
  );
}

/** Has whoever wraps the key of one workspace wait: the others before it are done, those after it are not. */
async function barrierAt(index: number): Promise<RowLock> {
  const sql = 'select id from workspaces order by id offset $1 limit 1';
  const [middle] = await queryRows<{ id: string }>(product.databaseUrl, sql, [index]);
  await queryRows(
    product.databaseUrl,
    `create function wait_here() returns trigger language plpgsql as $$ begin
       if new.workspace_id = '${middle?.id ?? ''}' then perform pg_advisory_xact_lock_shared(4711); end if; return new; end $$;
     create trigger wait_here before update on workspace_keys for each row execute function wait_here()`,
  );
  return lockRow(product.databaseUrl, 'select pg_advisory_xact_lock($1)', [4711]);
}

async function storesSecrets(name: string): Promise<string> {
  const body = { type: 'github.token', name, fields: { token: 'canary-secret' } };
  return (await owner.client.credentials.create({ body })).id;
}

beforeAll(async () => {
  product = await startProduct();
  owner = await createOwner(product);
  file = path.join(product.dataDir, 'root.key');
  const rootKey = await loadRootKey({ file });
  db = await openDatabase({
    url: product.databaseUrl,
    rolePassword: (role) => rootKey.deriveText(`postgres/${role}`),
    log: createLogger({ level: 'silent', name: 'test' }),
  });
  const keys = createWorkspaceKeys({ rootKey, database: db });
  for (let index = 0; index < WORKSPACES; index++) {
    const id = newId('workspace');
    await db.tenant(id, async (tx) => tx.query(`insert into workspaces (id, name) values ($1, 'W')`, [id]));
    await keys.workspaceKey(id);
    made.push(id);
  }
  keys.close();
});
afterAll(async () => {
  await db?.close();
  await product?.remove();
});

describe('millwright keys rotate', () => {
  it('killed in the middle, both keys read and the server goes on; called again it is finished, with one new key and not two', async () => {
    const old = (await readFile(file, 'utf8')).trim();
    await storesSecrets('before');
    const barrier = await barrierAt(WORKSPACES - 4);
    const first = new Rotation('rotate');
    await first.says(/workspaces: keys wrapped by both keys/);
    await first.kill();
    await barrier.release();
    const { both, all } = await wrappings();
    expect(both).toBeGreaterThan(0);
    expect(both).toBeLessThan(all);
    const fresh = await readFile(file, 'utf8');
    expect([await openAll(fresh), await openAll(old)]).toEqual([WORKSPACES, WORKSPACES]);
    await storesSecrets('meanwhile');

    const second = new Rotation('rotate');
    expect(await second.ended, second.lines).toBe(0);
    expect(second.lines).toContain('keys wrapped by the new key only');
    expect(await readFile(file, 'utf8')).toBe(fresh);
    expect((await wrappings()).both).toBe(0);
    expect([await openAll(fresh.split('\n')[0] ?? ''), await openAll(old)]).toEqual([WORKSPACES, 0]);
    await storesSecrets('after');
    // Once in each workspace, the owner's among them: what was killed is part of the one that ended.
    expect(await recorded()).toEqual([{ actor: 'system', key: 'root', by: 'command', count: WORKSPACES + 1 }]);
  });

  it('workspaces: gives each another key, and stored secrets stay readable', async () => {
    const credentialId = await storesSecrets('kept');
    const rotation = new Rotation('rotate', 'workspaces');
    expect(await rotation.ended, rotation.lines).toBe(0);
    expect(rotation.lines).toMatch(/[1-9]\d* stored secrets are wrapped by the new keys/);
    expect((await wrappings()).all).toBeGreaterThanOrEqual(2 * WORKSPACES);
    await owner.client.credentials.update({ credentialId, body: { fields: { token: 'another' } } });
    expect(await recorded()).toContainEqual({ actor: 'system', key: 'workspace', by: 'command', count: WORKSPACES + 1 });
  });

  it('says what it takes where it is called wrongly, and exchanges nothing', async () => {
    const before = await readFile(file, 'utf8');
    const wrong = new Rotation('rotat');
    expect(await wrong.ended).toBe(1);
    expect(wrong.lines).toContain('keys rotate workspaces');
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});
