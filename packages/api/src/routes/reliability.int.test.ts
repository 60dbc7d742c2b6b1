import { eventually } from '@millwright/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMember, createOwner, startTestServer, type TestServer, type Visitor } from '../testing/test-server.ts';

let server: TestServer;
let owner: Visitor;
/** What Postgres said of the proof in the moment of the kill. */
let killedAs: unknown[] = [];

async function begin(canPull: boolean): Promise<void> {
  killedAs = [];
  const pull = (): void => void server.sql('select status, killed_pid from reliability_proofs').then((rows) => killedAs.push(...rows));
  server = await startTestServer(canPull ? { plug: { processId: 4711, pull } } : {});
  owner = await createOwner(server);
}

/** Rows as the ledger would write them. */
async function setRuns(status: 'waiting' | 'succeeded' | 'failed', runIds: readonly string[]): Promise<void> {
  await server.sql(
    `insert into runs (workspace_id, run_id, workflow_id, workflow_name, version_id, plan_hash, trigger_node_id, mode, origin_day, started_at, save, reply_mode, status)
     select p.workspace_id, r, p.workflow_id, 'x', 'v', 'h', 'start', 'manual', now(), now(), 'all', 'none', $1
     from reliability_proofs p, unnest($2::text[]) r on conflict (workspace_id, run_id) do update set status = excluded.status`,
    [status, runIds],
  );
}

afterEach(() => server.remove());

describe('where nobody starts a killed process again', () => {
  beforeEach(() => begin(false));

  it('the plug cannot be pulled, and the page is told so', async () => {
    expect(await owner.client.reliability.get({})).toEqual({ canPullPlug: false, processId: null, proof: null });
    await expect(owner.client.reliability.startProof({})).rejects.toMatchObject({ status: 409, code: 'plug_unavailable' });
  });
});

describe('a proof', () => {
  beforeEach(() => begin(true));

  it('is for owners only', async () => {
    const admin = await createMember(server, owner, 'admin');
    await expect(admin.client.reliability.startProof({})).rejects.toMatchObject({ status: 403, code: 'permission_missing' });
    await expect(admin.client.reliability.get({})).rejects.toMatchObject({ status: 403 });
  });

  it('pulls the plug once all its runs are under way, and another process counts them to the end', async () => {
    const { proofId } = await owner.client.reliability.startProof({});
    await expect(owner.client.reliability.startProof({})).rejects.toMatchObject({ status: 409, code: 'proof_running' });
    await eventually(async () => (await owner.client.reliability.get({})).proof?.accepted === 50);
    expect(new Set(server.started.map(({ input }) => input['effect'])).size).toBe(50);
    const runIds = server.started.map(({ runId }) => runId);

    // 30 wait, 20 have their write at the receiver, one of them twice.
    await setRuns('waiting', runIds.slice(20));
    expect(await server.api.proofReceiver.receive({ proofId: 'prf_of_nobody', effect: '1', idempotencyKey: 'k' })).toBe(false);
    for (const effect of ['1', ...Array.from({ length: 19 }, (_, n) => String(n + 1))])
      expect(await server.api.proofReceiver.receive({ proofId, effect, idempotencyKey: `k${effect}` })).toBe(true);
    expect(killedAs).toEqual([]);
    await server.api.proofReceiver.receive({ proofId, effect: '20', idempotencyKey: 'k20' });
    await eventually(() => killedAs.length > 0);
    expect(killedAs).toEqual([{ status: 'recovering', killed_pid: 4711 }]);

    const before = server;
    await before.crash();
    server = await before.restart();
    await setRuns('succeeded', runIds.slice(1));
    await expect(owner.client.reliability.startProof({})).rejects.toMatchObject({ code: 'proof_running' });
    await setRuns('failed', runIds.slice(0, 1));
    const { proof } = await eventually(async () => {
      const view = await owner.client.reliability.get({});
      return view.proof?.status === 'finished' ? view : null;
    });
    expect(proof).toMatchObject({ runs: 50, accepted: 50, finished: 49, lost: 1, effects: 20, repeated: 1, killedProcessId: 4711 });

    // What was counted stays when runs and receipts are gone.
    await server.sql('delete from runs');
    expect((await owner.client.reliability.get({})).proof).toMatchObject({ finished: 49, lost: 1 });
  });

  it('that was given up before the kill says so, and its workflow serves the next one', async () => {
    const first = await owner.client.reliability.startProof({});
    await eventually(async () => (await owner.client.reliability.get({})).proof?.accepted === 50);
    const before = server;
    await before.crash();
    expect(killedAs).toEqual([]);
    server = await before.restart();
    const { proof } = await eventually(async () => {
      const view = await owner.client.reliability.get({});
      return view.proof?.status === 'stopped' ? view : null;
    });
    expect(proof).toMatchObject({ id: first.proofId, killedAt: null });
    await owner.client.reliability.startProof({});
    const { items } = await owner.client.workflows.list({});
    expect(items.map(({ name, liveVersion }) => ({ name, liveVersion }))).toEqual([{ name: 'Reliability proof', liveVersion: 1 }]);
  });
});
