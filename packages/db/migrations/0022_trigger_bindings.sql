-- What binds a trigger of a connector to its service: one row per node that was ever published, kept while the workflow is.
-- Its endpoint names it: what an event starts is named after both, so that the same event starts one run.
create table trigger_bindings (
  workspace_id text not null,
  endpoint_id text not null unique,
  workflow_id text not null,
  node_id text not null,
  way text not null check (way in ('webhook', 'poll')),
  connector_key text not null,
  trigger_key text not null,
  -- What the version that was published last says; `setting_hash` tells one setting from another.
  input json not null,
  credential_id text,
  -- A poll begins with what is there already.
  takes_all boolean not null default false,
  setting_hash text not null,
  -- One more with every change of what is wanted: whoever began before it stores nothing.
  generation integer not null default 1,
  -- Where a poll is; null: it has not begun to listen.
  poll_state json,
  -- The setting that the service was told, and what it said (sealed); null: it was told nothing.
  subscribed json,
  sealed_kept bytea,
  renew_at timestamptz,
  status text not null default 'starting' check (status in ('starting', 'listening', 'failing', 'needsReconnect', 'off')),
  error_code text,
  error_text text,
  error_at timestamptz,
  faults integer not null default 0,
  last_event_at timestamptz,
  last_polled_at timestamptz,
  -- When there is something to do; null: nothing until something changes.
  next_at timestamptz default now(),
  -- Who is at it, and until when nobody else may.
  claim text,
  claimed_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, endpoint_id),
  foreign key (workspace_id, endpoint_id) references webhook_endpoints (workspace_id, id) on delete cascade,
  foreign key (workspace_id, workflow_id) references workflows (workspace_id, id) on delete cascade
);
create index trigger_bindings_due on trigger_bindings (next_at) where next_at is not null;
create index trigger_bindings_workflow on trigger_bindings (workspace_id, workflow_id);
create index trigger_bindings_credential on trigger_bindings (workspace_id, credential_id);

alter table trigger_bindings enable row level security;
alter table trigger_bindings force row level security;
create policy tenant on trigger_bindings to {{app}} using (workspace_id = current_setting('app.workspace_id', true)) with check (workspace_id = current_setting('app.workspace_id', true));
-- Whoever polls and subscribes works through the bindings of every workspace.
create policy host on trigger_bindings to {{executor}} using (true) with check (true);
grant select, insert, update on trigger_bindings to {{app}};
grant select, update on trigger_bindings to {{executor}};

-- Publishing, switching and archiving change what is wanted, whoever does it.
create function touch_trigger_bindings() returns trigger language plpgsql as $$
begin
  update trigger_bindings set generation = generation + 1, next_at = now(), faults = 0
    where workspace_id = new.workspace_id and workflow_id = new.id;
  if found then perform pg_notify('triggers', ''); end if;
  return null;
end $$;
create trigger trigger_bindings_touched after update of active, live_version_id, archived_at on workflows
  for each row execute function touch_trigger_bindings();
