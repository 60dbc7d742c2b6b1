-- Proofs of reliability that a person starts ("pull the plug"), and what reached their receiver. Both survive the process that is killed.
create table reliability_proofs (
  workspace_id text not null references workspaces (id) on delete cascade,
  id text not null,
  workflow_id text not null,
  status text not null check (status in ('starting', 'recovering', 'finished', 'stopped')),
  started_by text not null,
  started_at timestamptz not null default now(),
  run_ids text[] not null,
  accepted integer not null default 0,
  -- The process that was killed, and when.
  killed_pid integer,
  killed_at timestamptz,
  -- Null until it is over: then the last counts, as runs and receipts are swept one day.
  finished_at timestamptz,
  succeeded integer,
  lost integer,
  effects integer,
  repeated integer,
  primary key (workspace_id, id)
);
create index reliability_proofs_started on reliability_proofs (workspace_id, started_at desc);
-- The plug is pulled for the whole install, so one proof at a time.
create unique index reliability_proofs_open on reliability_proofs ((true)) where status in ('starting', 'recovering');
create unique index reliability_proofs_id on reliability_proofs (id);

-- One row per effect and key; a second key for the same effect would be a row of its own.
create table reliability_receipts (
  workspace_id text not null,
  proof_id text not null,
  effect text not null,
  idempotency_key text not null,
  received integer not null default 1,
  first_at timestamptz not null default now(),
  primary key (proof_id, effect, idempotency_key),
  foreign key (workspace_id, proof_id) references reliability_proofs (workspace_id, id) on delete cascade
);

do $$
declare name text;
begin
  foreach name in array array['reliability_proofs', 'reliability_receipts'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I to {{app}} using (workspace_id = current_setting(''app.workspace_id'', true)) with check (workspace_id = current_setting(''app.workspace_id'', true))', name);
    execute format('create policy executor on %I to {{executor}} using (true) with check (true)', name);
    execute format('grant select on %I to {{app}}', name);
    execute format('grant select, insert, update, delete on %I to {{executor}}', name);
  end loop;
end $$;
grant insert, update on reliability_proofs to {{app}};
