import { restorePoints } from '@millwright/db';
import { eventually } from '@millwright/testing';
import type { WorkflowDocument } from '@millwright/workflow';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeEditors, edit } from '../../../testing/draft-editor.ts';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../../../testing/test-server.ts';

const node = (id: string, url = 'a') => ({
  id,
  name: id,
  type: 'core.editFields',
  version: 1,
  position: [0, 0] as [number, number],
  parameters: { url },
});

describe('the history of a workflow', () => {
  let server: TestServer;
  let owner: Visitor;
  beforeAll(async () => {
    server = await startTestServer();
    owner = await createOwner(server);
  });
  afterEach(closeEditors);
  afterAll(() => server.remove());

  const create = async (name: string): Promise<string> => (await owner.client.workflows.create({ body: { name } })).id;
  const read = async (workflowId: string): Promise<WorkflowDocument> => (await owner.client.drafts.get({ workflowId })).document;
  const write = async (workflowId: string, ids: readonly string[], url?: string): Promise<void> => {
    const { document, revision } = await owner.client.drafts.get({ workflowId });
    await owner.client.drafts.put({ workflowId, revision, body: { ...document, nodes: ids.map((id) => node(id, url)) } });
  };
  const points = async (workflowId: string) =>
    (await owner.client.workflows.listHistory({ workflowId, limit: 200 })).items.filter((entry) => entry.kind === 'point');
  const age = (workflowId: string, interval: string): Promise<unknown> =>
    server.sql(`update restore_points set kept_at = kept_at - $2::interval, at = at - $2::interval where workflow_id = $1`, [
      workflowId,
      interval,
    ]);

  it('keeps what the draft said before a change, once in ten minutes of editing, never an empty draft', async () => {
    const id = await create('Edited');
    await write(id, ['a'], 'first');
    expect(await points(id)).toEqual([]);
    await write(id, ['a'], 'second');
    await write(id, ['a'], 'third');
    expect(await points(id)).toMatchObject([{ cause: 'edit', name: null, by: { name: 'Ana' }, current: false }]);
    await age(id, '11 minutes');
    await write(id, ['a'], 'fourth');
    const kept = await points(id);
    expect(kept).toHaveLength(2);
    const { document } = await owner.client.workflows.getHistoryEntry({ workflowId: id, entryId: kept[0]?.id ?? '' });
    expect(document.nodes[0]?.parameters).toEqual({ url: 'third' });
  });

  it('keeps what the draft said before many steps go at once, also within the ten minutes', async () => {
    const id = await create('Removed');
    await write(id, ['a', 'b', 'c', 'd', 'e', 'f'], 'first');
    await write(id, ['a', 'b', 'c', 'd', 'e', 'f'], 'second');
    await age(id, '1 minute');
    await write(id, ['a', 'b', 'c', 'd', 'e'], 'second');
    expect(await points(id)).toHaveLength(1);
    await write(id, []);
    const [kept] = await points(id);
    expect(kept).toMatchObject({ cause: 'removal' });
    const { document } = await owner.client.workflows.getHistoryEntry({ workflowId: id, entryId: kept?.id ?? '' });
    expect(document.nodes).toHaveLength(5);
  });

  it('lists versions and points together, page by page, and says what is live and what the draft says now', async () => {
    const { client } = owner;
    const { id } = await client.workflows.create({ body: { name: 'Listed', template: 'lead-intake' } });
    const published = await client.workflows.publish({ workflowId: id, body: { note: 'go' } });
    const named = await client.workflows.nameVersion({ workflowId: id, body: { name: 'Before the fair' } });
    const first = await client.workflows.listHistory({ workflowId: id, limit: 1 });
    const second = await client.workflows.listHistory({ workflowId: id, limit: 1, cursor: first.nextCursor ?? '' });
    expect(first.items).toMatchObject([{ kind: 'point', id: named.id, name: 'Before the fair', cause: 'name', current: true }]);
    expect(second).toMatchObject({
      items: [{ kind: 'version', id: published.version.id, number: 1, note: 'go', live: true, current: true }],
      nextCursor: null,
    });
    const entry = await client.workflows.getHistoryEntry({ workflowId: id, entryId: published.version.id });
    expect(entry.document).toEqual((await client.workflows.getVersion({ workflowId: id, versionId: published.version.id })).document);
    await client.workflows.renamePoint({ workflowId: id, entryId: named.id, body: { name: 'After the fair' } });
    expect((await points(id)).map(({ name }) => name)).toEqual(['After the fair']);
  });

  it('restores a state as one change that open editors see, and keeps what the draft said before', async () => {
    const id = await create('Restored');
    await write(id, ['a'], 'good');
    const named = await owner.client.workflows.nameVersion({ workflowId: id, body: { name: 'Good' } });
    const open = edit(server, owner, id);
    await eventually(() => open.provider.isSynced);
    open.rename('Broken');
    await eventually(() => !open.provider.hasUnsyncedChanges);
    const { before } = await owner.client.workflows.restoreEntry({ workflowId: id, entryId: named.id });
    await eventually(() => open.name() === 'Restored');
    expect((await read(id)).nodes[0]?.parameters).toEqual({ url: 'good' });
    const kept = await owner.client.workflows.getHistoryEntry({ workflowId: id, entryId: before });
    expect(kept).toMatchObject({ entry: { cause: 'restore', current: false }, document: { name: 'Broken' } });
    await owner.client.workflows.restoreEntry({ workflowId: id, entryId: before });
    expect((await read(id)).name).toBe('Broken');
    const log = await server.sql(`select details from audit_log where action = 'workflow.restored' and target_id = $1 order by seq`, [id]);
    expect(log).toMatchObject([{ details: { entryId: named.id, before } }, { details: { entryId: before } }]);
  });

  it('loses nothing when the process dies between the point and the restore', async () => {
    const id = await create('Killed');
    await write(id, ['a'], 'good');
    const named = await owner.client.workflows.nameVersion({ workflowId: id, body: { name: 'Good' } });
    await write(id, ['a', 'b'], 'precious');
    const said = await read(id);
    // The point is committed on its own; a change that cannot be stored stands for the process that is gone by then.
    await server.sql(`create function refuse_draft() returns trigger language plpgsql as $$ begin raise exception 'gone'; end $$`);
    await server.sql('create trigger refused before update on drafts for each row execute function refuse_draft()');
    await expect(owner.client.workflows.restoreEntry({ workflowId: id, entryId: named.id })).rejects.toMatchObject({ status: 500 });
    const [stored] = await server.sql('select document from drafts where workflow_id = $1', [id]);
    expect(stored).toEqual({ document: said });
    const kept = (await points(id)).find(({ cause }) => cause === 'restore');
    await server.sql('drop trigger refused on drafts');
    expect((await owner.client.workflows.getHistoryEntry({ workflowId: id, entryId: kept?.id ?? '' })).document).toEqual(said);
    await owner.client.workflows.restoreEntry({ workflowId: id, entryId: kept?.id ?? '' });
    expect(await read(id)).toEqual(said);
  });

  it('thins out points without a name, keeps those with one, and refuses one name too many', async () => {
    const id = await create('Many');
    await write(id, ['a']);
    const named = await owner.client.workflows.nameVersion({ workflowId: id, body: { name: 'Kept' } });
    await write(id, ['a'], 'second');
    await server.sql(
      `insert into restore_points (workspace_id, id, workflow_id, cause, document, document_hash, at, kept_at)
       select p.workspace_id, 'wfp_' || lpad(n::text, 26, '0'), p.workflow_id, 'edit', p.document, n::text, t.at, t.at
       from restore_points p, generate_series(1, 400) n,
         lateral (select now() - case when n <= 300 then n * interval '2 minutes' else interval '3 days' + n * interval '1 minute' end as at) t
       where p.id = $1`,
      [named.id],
    );
    await age(id, '11 minutes');
    await write(id, ['a'], 'changed');
    const left = await server.sql('select name, kept_at from restore_points where workflow_id = $1', [id]);
    expect(left.filter(({ name }) => name === null)).toHaveLength(restorePoints.POINT_LIMITS.unnamed);
    expect(left.filter(({ name }) => name === 'Kept')).toHaveLength(1);
    await server.sql(
      `insert into restore_points (workspace_id, id, workflow_id, cause, name, document, document_hash, at)
       select workspace_id, 'wfp_' || lpad(n::text, 26, 'n'), workflow_id, 'name', n::text, document, n::text, now()
       from restore_points, generate_series(2, 500) n where id = $1`,
      [named.id],
    );
    await expect(owner.client.workflows.nameVersion({ workflowId: id, body: { name: 'One more' } })).rejects.toMatchObject({
      status: 422,
      code: 'restore_points_full',
    });
  });

  it('of the last thirty days keeps one point an hour, before that one a day', async () => {
    const id = await create('Old');
    await write(id, ['a']);
    const named = await owner.client.workflows.nameVersion({ workflowId: id, body: { name: 'Kept' } });
    await write(id, ['a'], 'second');
    await server.sql(
      `insert into restore_points (workspace_id, id, workflow_id, cause, document, document_hash, at, kept_at)
       select p.workspace_id, 'wfp_' || lpad(n::text, 26, 'o'), p.workflow_id, 'edit', p.document, n::text, t.at, t.at
       from restore_points p, generate_series(0, 9) n,
         lateral (select date_trunc('day', now()) - case when n < 5 then interval '3 days' else interval '60 days' end + n * interval '1 minute' as at) t
       where p.id = $1`,
      [named.id],
    );
    await age(id, '11 minutes');
    await write(id, ['a'], 'changed');
    const ages = await server.sql(
      `select count(*) filter (where kept_at < now() - interval '30 days')::int as days, count(*) filter (where kept_at between now() - interval '30 days' and now() - interval '1 day')::int as hours
       from restore_points where workflow_id = $1 and name is null`,
      [id],
    );
    expect(ages[0]?.['days']).toBe(1);
    expect(ages[0]?.['hours']).toBeLessThanOrEqual(2);
    expect(ages[0]?.['hours']).toBeGreaterThan(0);
  });

  it('is read by viewers, changed only by those who edit, and shows nothing of another workflow', async () => {
    const id = await create('Guarded');
    await write(id, ['a']);
    const named = await owner.client.workflows.nameVersion({ workflowId: id, body: { name: 'Mine' } });
    const viewer = await createMember(server, owner, 'viewer');
    expect((await viewer.client.workflows.listHistory({ workflowId: id })).items).toHaveLength(1);
    await expect(viewer.client.workflows.restoreEntry({ workflowId: id, entryId: named.id })).rejects.toMatchObject({ status: 403 });
    const other = await create('Other');
    await expect(owner.client.workflows.getHistoryEntry({ workflowId: other, entryId: named.id })).rejects.toMatchObject({ status: 404 });
    await expect(owner.client.workflows.restoreEntry({ workflowId: other, entryId: named.id })).rejects.toMatchObject({ status: 404 });
  });
});
