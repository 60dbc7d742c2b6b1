-- Decisions that a run takes in its order, pauses, runs that runs call, and what answers a failure.
alter table runs
  add column pause_at timestamptz,
  add column pause_by text,
  -- The run that called this one; `parent` also says for which node run, and whether it waits.
  add column parent_run_id text collate "C",
  add column parent jsonb,
  -- The failed run whose handler this run is, or belongs to.
  add column failure_of text collate "C",
  -- What a called run gave: a handle to items. `json`, as items may hold U+0000.
  add column result json;
create index runs_parent on runs (workspace_id, parent_run_id) where parent_run_id is not null;
-- Runs that are paused, or should be; few.
create index runs_pause on runs (run_id)
  where (pause_at is not null or waits_for->>'kind' = 'pause') and status in ('queued', 'running', 'waiting');

alter table waits
  add column item_index integer not null default -1,
  add column attempt integer not null default 0;
-- Decisions that no run has taken.
create index waits_untaken on waits (decided_at) where decision is not null and seq is null;

-- Failed runs whose workflow names a handler, until its run is started.
create table failure_handlings (
  workspace_id text not null,
  run_id text collate "C" not null,
  handler_workflow_id text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  fault text,
  primary key (workspace_id, run_id)
);
create index failure_handlings_due on failure_handlings (created_at) where started_at is null and fault is null;

do $$
begin
  alter table failure_handlings enable row level security;
  alter table failure_handlings force row level security;
  create policy tenant on failure_handlings to {{app}} using (workspace_id = current_setting('app.workspace_id', true)) with check (workspace_id = current_setting('app.workspace_id', true));
  create policy executor on failure_handlings to {{executor}} using (true) with check (true);
end $$;
grant select, insert, update, delete on failure_handlings to {{executor}};
grant select, insert on failure_handlings to {{app}};
grant update (pause_at, pause_by) on runs to {{app}};

-- A run that is called after its caller was canceled is canceled too.
create function called_run_inserted() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  select coalesce(new.cancel_at, p.cancel_at, case when p.status = 'canceled' then now() end) into new.cancel_at
  from runs p where p.workspace_id = new.workspace_id and p.run_id = new.parent_run_id;
  return new;
end $$;
create trigger called_run_inserted before insert on runs for each row
  when (new.parent_run_id is not null) execute function called_run_inserted();

-- A cancel reaches the open runs that a run has called, and theirs, in its own transaction.
create function run_cancel_requested() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare name text;
begin
  for name in
    update runs set cancel_at = new.cancel_at, cancel_by = new.cancel_by
    where workspace_id = new.workspace_id and parent_run_id = new.run_id and cancel_at is null and status in ('queued', 'running', 'waiting')
    returning workspace_id || ':' || run_id
  loop
    perform pg_notify('run_cancel', name), pg_notify('run_wake', name);
  end loop;
  return null;
end $$;

-- Whoever ends a run, and however: its caller learns of it, what it called and waits for is stopped, and its handler is due.
create function run_ended() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare handler text; name text;
begin
  if (new.parent->>'waits')::boolean then
    insert into waits (workspace_id, token, run_id, node_id, run_index, item_index, attempt, kind, decision, decided_at)
    values (new.workspace_id,
      concat_ws(':', new.parent->>'runId', new.parent->>'nodeId', new.parent->>'runIndex', 'child', new.parent->>'itemIndex', new.parent->>'attempt'),
      new.parent->>'runId', new.parent->>'nodeId', (new.parent->>'runIndex')::integer, (new.parent->>'itemIndex')::integer,
      (new.parent->>'attempt')::integer, 'child',
      json_build_object('status', new.status, 'runId', new.run_id, 'items', new.result, 'error', new.error), now())
    on conflict (workspace_id, token) do update set decision = excluded.decision, decided_at = excluded.decided_at where waits.decision is null;
    perform pg_notify('run_wake', new.workspace_id || ':' || new.parent_run_id);
  end if;
  if new.status = 'succeeded' then return null; end if;
  for name in
    update runs set cancel_at = now()
    where workspace_id = new.workspace_id and parent_run_id = new.run_id and cancel_at is null and status in ('queued', 'running', 'waiting')
      and (new.status = 'canceled' or (parent->>'waits')::boolean)
    returning workspace_id || ':' || run_id
  loop
    perform pg_notify('run_cancel', name), pg_notify('run_wake', name);
  end loop;
  if new.status = 'failed' and new.failure_of is null then
    select p.settings->>'onFailure' into handler from plans p where p.workspace_id = new.workspace_id and p.plan_hash = new.plan_hash;
    if handler is not null then
      insert into failure_handlings (workspace_id, run_id, handler_workflow_id) values (new.workspace_id, new.run_id, handler) on conflict do nothing;
      perform pg_notify('run_failed', new.workspace_id);
    end if;
  end if;
  return null;
end $$;
create trigger run_cancel_requested after update of cancel_at on runs for each row
  when (old.cancel_at is null and new.cancel_at is not null) execute function run_cancel_requested();
create trigger run_ended after update on runs for each row
  when (old.status in ('queued', 'running', 'waiting') and new.status in ('succeeded', 'failed', 'canceled')
    and (new.parent is not null or new.status <> 'succeeded')) execute function run_ended();
create trigger run_ended_at_once after insert on runs for each row
  when (new.status in ('succeeded', 'failed', 'canceled') and (new.parent is not null or new.status <> 'succeeded')) execute function run_ended();
