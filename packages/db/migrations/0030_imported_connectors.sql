-- Connectors that were made of services' descriptions (connectors.md §1). Rows are added and hidden, and nothing else of them ever changes:
-- what a step does is what it did when it was placed.
create table imported_connectors (
  -- One catalog for the whole install: keys are taken once.
  key text primary key check (key ~ '^imported[a-z0-9]{1,40}$'),
  workspace_id text not null references workspaces (id) on delete cascade,
  title text not null,
  -- `json`, as texts of descriptions may hold U+0000.
  content json not null,
  -- The address without its query, or the file's name.
  source text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  -- Not in the picker any more; what has its steps goes on.
  removed_at timestamptz
);
create index on imported_connectors (workspace_id);
alter table imported_connectors enable row level security;
alter table imported_connectors force row level security;
create policy tenant on imported_connectors to {{app}} using (workspace_id = current_setting('app.workspace_id', true)) with check (workspace_id = current_setting('app.workspace_id', true));
grant select, insert on imported_connectors to {{app}};
grant update (removed_at) on imported_connectors to {{app}};
-- Every process that runs steps or shows them reads all.
create policy executor on imported_connectors for select to {{executor}} using (true);
grant select on imported_connectors to {{executor}};
