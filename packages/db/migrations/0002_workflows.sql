-- What people draw, publish and call. Documents are `json`, not `jsonb`: kept to the letter, U+0000 included.
create table workflows (
  workspace_id text not null references workspaces (id) on delete cascade,
  id text not null,
  project_id text not null,
  name text not null,
  active boolean not null default true,
  live_version_id text,
  archived_at timestamptz,
  created_by text,
  updated_by text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, project_id) references projects (workspace_id, id)
);
create index workflows_updated on workflows (workspace_id, updated_at desc, id desc);

create table drafts (
  workspace_id text not null,
  workflow_id text not null,
  revision integer not null default 1,
  document json not null,
  document_hash text not null,
  y_state bytea not null,
  trigger_types text[] not null default '{}',
  updated_by text,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, workflow_id),
  foreign key (workspace_id, workflow_id) references workflows (workspace_id, id) on delete cascade
);

create table plans (
  workspace_id text not null references workspaces (id) on delete cascade,
  plan_hash text not null,
  workflow_name text not null,
  skeleton json not null,
  settings json not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, plan_hash)
);

create table plan_nodes (
  workspace_id text not null,
  plan_hash text not null,
  node_id text not null,
  config json not null,
  primary key (workspace_id, plan_hash, node_id),
  foreign key (workspace_id, plan_hash) references plans (workspace_id, plan_hash) on delete cascade
);

create table workflow_versions (
  workspace_id text not null,
  id text not null,
  workflow_id text not null,
  number integer not null,
  document json not null,
  document_hash text not null,
  plan_hash text not null,
  note text not null default '',
  published_by text,
  published_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, workflow_id, number),
  foreign key (workspace_id, workflow_id) references workflows (workspace_id, id) on delete cascade,
  foreign key (workspace_id, plan_hash) references plans (workspace_id, plan_hash)
);
alter table workflows add foreign key (workspace_id, live_version_id) references workflow_versions (workspace_id, id);

create table webhook_endpoints (
  workspace_id text not null,
  id text not null unique,
  workflow_id text not null,
  node_id text not null,
  answer text not null check (answer in ('now', 'respond', 'end')),
  settings json not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, workflow_id, node_id),
  foreign key (workspace_id, workflow_id) references workflows (workspace_id, id) on delete cascade
);

do $$
declare name text;
begin
  foreach name in array array['workflows', 'drafts', 'plans', 'plan_nodes', 'workflow_versions', 'webhook_endpoints'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I to {{app}} using (workspace_id = current_setting(''app.workspace_id'', true)) with check (workspace_id = current_setting(''app.workspace_id'', true))', name);
  end loop;
  foreach name in array array['workflows', 'plans', 'plan_nodes', 'workflow_versions', 'webhook_endpoints'] loop
    execute format('create policy executor on %I for select to {{executor}} using (true)', name);
    execute format('grant select on %I to {{executor}}', name);
  end loop;
end $$;
grant select, insert, update, delete on workflows, drafts, webhook_endpoints to {{app}};
grant select, insert on plans, plan_nodes, workflow_versions to {{app}};
