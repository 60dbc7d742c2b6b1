-- Hosts that the work of a workspace may reach (connectors.md §4); no row: every public one.
create table network_rules (
  workspace_id text primary key references workspaces (id) on delete cascade,
  -- Only these; empty: every one.
  allow text[] not null default '{}',
  -- None of these.
  deny text[] not null default '{}',
  updated_by text not null,
  updated_at timestamptz not null default now()
);
alter table network_rules enable row level security;
alter table network_rules force row level security;
create policy tenant on network_rules to {{app}} using (workspace_id = current_setting('app.workspace_id', true)) with check (workspace_id = current_setting('app.workspace_id', true));
grant select, insert, update, delete on network_rules to {{app}};
