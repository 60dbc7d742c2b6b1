-- Variables that expressions read as `$vars.name`. Plain values, no secrets. `scope` is `workspace`; those of projects come with projects.
create table variables (
  workspace_id text not null references workspaces (id) on delete cascade,
  scope text not null default 'workspace' check (scope = 'workspace'),
  key text not null check (key ~ '^[A-Za-z_][A-Za-z0-9_]{0,63}$'),
  -- `json`, as texts may hold U+0000.
  value json not null,
  size_bytes integer not null check (size_bytes between 1 and 8192),
  updated_by text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, scope, key)
);

alter table variables enable row level security;
alter table variables force row level security;
create policy tenant on variables to {{app}} using (workspace_id = current_setting('app.workspace_id', true)) with check (workspace_id = current_setting('app.workspace_id', true));
grant select, insert, update, delete on variables to {{app}};
-- Whoever starts runs reads what their plans mention.
create policy executor on variables for select to {{executor}} using (true);
grant select on variables to {{executor}};

-- What a run's expressions read beside their items, as it was when the run was started: one that goes on with it reads the same.
alter table runs add column fixed json;
