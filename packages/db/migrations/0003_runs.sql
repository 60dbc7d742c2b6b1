-- What ran. Written in batches by the executor role, read under row-level security by the app role.
create table runs (
  workspace_id text not null,
  run_id text collate "C" not null,
  workflow_id text not null,
  workflow_name text not null,
  version_id text not null,
  plan_hash text not null,
  trigger_node_id text not null,
  mode text not null,
  origin_day date not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  save text not null,
  reply_mode text not null,
  started_by text,
  status text not null check (status in ('queued', 'running', 'waiting', 'succeeded', 'failed', 'canceled')),
  reason text,
  waits_for jsonb,
  error jsonb,
  owner text,
  cancel_at timestamptz,
  cancel_by text,
  primary key (workspace_id, run_id)
) with (fillfactor = 85);
create index runs_started on runs (workspace_id, started_at desc, run_id desc);
create index runs_workflow on runs (workspace_id, workflow_id, started_at desc, run_id desc);
create index runs_failed on runs (workspace_id, started_at desc, run_id desc) where status in ('failed', 'canceled');
create index runs_open on runs (origin_day) where status in ('queued', 'running', 'waiting');
create index runs_cancel on runs (run_id) where cancel_at is not null and status in ('queued', 'running', 'waiting');
create index runs_finished on runs using brin (finished_at);
create index runs_origin_day on runs using brin (origin_day);

create table node_runs (
  workspace_id text not null,
  run_id text collate "C" not null,
  node_id text not null,
  run_index integer not null,
  status text not null check (status in ('pending', 'running', 'waiting', 'succeeded', 'failed', 'skipped', 'canceled')),
  reason text,
  waits_for jsonb,
  error jsonb,
  attempts integer not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  counts jsonb not null,
  inputs bytea,
  outputs bytea,
  primary key (workspace_id, run_id, node_id, run_index)
) with (fillfactor = 85);

-- The effect ledger. `key` starts with the run's id, so that its rows are one range of the primary key.
create table attempts (
  workspace_id text not null,
  origin_day date not null,
  key text collate "C" not null,
  attempt integer not null,
  run_id text collate "C" not null,
  node_id text not null,
  run_index integer not null,
  item_index integer not null,
  class text not null,
  seq bigint,
  status text not null check (status in ('started', 'done', 'failed', 'notSent', 'unknown')),
  owner text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  request_hash text,
  response bytea,
  response_ref text,
  error jsonb,
  business_key text,
  primary key (origin_day, key, attempt)
) partition by range (origin_day);

create table waits (
  workspace_id text not null,
  token text not null,
  run_id text collate "C" not null,
  node_id text not null,
  run_index integer not null,
  kind text not null,
  until timestamptz,
  decision json,
  decided_by text,
  decided_at timestamptz,
  seq bigint,
  created_at timestamptz not null default now(),
  primary key (workspace_id, token)
);
create index waits_run on waits (workspace_id, run_id);

create table deliveries (
  workspace_id text not null,
  endpoint_id text not null,
  delivery_hash text collate "C" not null,
  run_id text collate "C" not null,
  status text not null check (status in ('pending', 'started')),
  input bytea,
  reply bytea,
  at timestamptz not null default now(),
  primary key (endpoint_id, delivery_hash)
);
create index deliveries_pending on deliveries (at) where status = 'pending';
create index deliveries_at on deliveries using brin (at);

create table blobs (
  workspace_id text not null,
  id text not null,
  run_id text collate "C" not null,
  kind text not null check (kind in ('items', 'file')),
  sha256 text not null,
  size_bytes bigint not null,
  stored_bytes bigint not null,
  item_count integer,
  media_type text,
  chunks integer not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index blobs_content on blobs (workspace_id, run_id, kind, sha256);
create index blobs_created on blobs using brin (created_at);

create table blob_chunks (
  workspace_id text not null,
  blob_id text not null,
  position integer not null,
  data bytea not null,
  primary key (workspace_id, blob_id, position),
  foreign key (workspace_id, blob_id) references blobs (workspace_id, id) on delete cascade
);
alter table blob_chunks alter column data set storage external;

-- Process incarnations that may act. Not tenant data.
create table owners (
  owner text primary key,
  lease_until timestamptz not null,
  open_segments text[] not null default '{}',
  started_at timestamptz not null default now()
) with (fillfactor = 50);

-- How often a run was found open in a dead owner's list.
create table run_losses (
  run_id text collate "C" primary key,
  losses integer not null,
  last_at timestamptz not null default now()
);

do $$
declare name text;
begin
  foreach name in array array['runs', 'node_runs', 'attempts', 'waits', 'deliveries', 'blobs', 'blob_chunks'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I to {{app}} using (workspace_id = current_setting(''app.workspace_id'', true)) with check (workspace_id = current_setting(''app.workspace_id'', true))', name);
    execute format('create policy executor on %I to {{executor}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{executor}}', name);
    execute format('grant select on %I to {{app}}', name);
  end loop;
end $$;
grant select, insert, update, delete on owners, run_losses to {{executor}};
grant update (cancel_at, cancel_by) on runs to {{app}};
grant insert, update on attempts, waits to {{app}};

-- Partitions are made and dropped by the owner of the schema on behalf of the executor.
create function ensure_attempts_partition(day date) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare name text := 'attempts_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass('public.' || name) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('millwright:attempts'));
  if to_regclass('public.' || name) is not null then return; end if;
  -- Attaching locks the parent less than `create … partition of` does: readers and writers go on.
  execute format('create table public.%I (like public.attempts including all)', name);
  execute format('alter table public.%I enable row level security', name);
  execute format('alter table public.%I force row level security', name);
  execute format('alter table public.attempts attach partition public.%I for values from (%L) to (%L)', name, day, day + 1);
end $$;

create function drop_attempts_partition(day date) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('millwright:attempts'));
  execute format('drop table if exists public.%I', 'attempts_' || to_char(day, 'YYYYMMDD'));
end $$;

revoke execute on function ensure_attempts_partition(date), drop_attempts_partition(date) from public;
grant execute on function ensure_attempts_partition(date) to {{executor}}, {{app}};
grant execute on function drop_attempts_partition(date) to {{executor}};
