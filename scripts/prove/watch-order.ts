import { eventually, queryRows } from '../../packages/testing/src/index.ts';

/** Steps of the sketches that are looked at: this write depends on what this read said. */
const [READ, WRITE] = ['look', 'one'];

/**
 * Lets Postgres itself look, at the commit of each row that says "this write begins", whether the outcome of the read that led to
 * it is stored: the write leaves right after that commit. So it is seen however slow the machine is, and however soon the rest is
 * stored after. May be called again.
 */
export async function watchOrder(url: string): Promise<void> {
  const known = await queryRows(url, `select 1 from pg_trigger where tgname = 'proof_order'`);
  if (known.length > 0) return;
  await queryRows(url, 'create table proof_unordered (run_id text not null)');
  await queryRows(
    url,
    `create function proof_order() returns trigger language plpgsql security definer set search_path = public as $$
     begin
       if not exists (select 1 from attempts a where a.run_id = new.run_id and a.node_id = '${READ}' and a.status = 'done') then
         insert into proof_unordered values (new.run_id);
       end if;
       return null;
     end $$`,
  );
  await queryRows(
    url,
    `create constraint trigger proof_order after insert on attempts deferrable initially deferred
     for each row when (new.node_id = '${WRITE}' and new.status = 'started') execute function proof_order()`,
  );
}

/** Runs of a workflow whose write began before its read was stored. */
export async function unordered(url: string, workflowId: string): Promise<readonly string[]> {
  const rows = await queryRows<{ readonly runId: string }>(
    url,
    'select distinct run_id as "runId" from proof_unordered join runs using (run_id) where workflow_id = $1',
    [workflowId],
  );
  return rows.map(({ runId }) => runId);
}

/** Waits until at least so many statements wait for a lock. */
export async function untilBlocked(url: string, count: number): Promise<void> {
  await eventually(async () => {
    const waiting = await queryRows(url, `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
    return waiting.length >= count;
  });
}
