-- What the editor runs without publishing it, and sample data that people pin to nodes. Production never looks at either.
create table test_versions (
  workspace_id text not null,
  id text not null,
  workflow_id text not null,
  document json not null,
  plan_hash text not null,
  dry_run boolean not null,
  -- Node id → hash of everything that led to its result: decides whether a later test run may reuse it.
  cache_keys json not null,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, workflow_id) references workflows (workspace_id, id) on delete cascade,
  foreign key (workspace_id, plan_hash) references plans (workspace_id, plan_hash)
);
create index test_versions_plan on test_versions (workspace_id, plan_hash);
create index test_versions_created on test_versions using brin (created_at);

create table pins (
  workspace_id text not null,
  workflow_id text not null,
  node_id text not null,
  -- Items by output port. `json`, as items may hold U+0000.
  outputs json not null,
  content_hash text not null,
  pinned_by text,
  pinned_at timestamptz not null default now(),
  primary key (workspace_id, workflow_id, node_id),
  foreign key (workspace_id, workflow_id) references workflows (workspace_id, id) on delete cascade
);

do $$
declare name text;
begin
  foreach name in array array['test_versions', 'pins'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I to {{app}} using (workspace_id = current_setting(''app.workspace_id'', true)) with check (workspace_id = current_setting(''app.workspace_id'', true))', name);
  end loop;
end $$;
grant select, insert on test_versions to {{app}};
grant select, insert, update, delete on pins to {{app}};
-- Retention. Whoever executes has nothing to do with pins.
create policy executor on test_versions to {{executor}} using (true);
grant select, delete on test_versions to {{executor}};
create policy executor_sweep on plans for delete to {{executor}} using (true);
grant delete on plans to {{executor}};
