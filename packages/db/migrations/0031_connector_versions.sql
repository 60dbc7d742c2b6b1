-- Later versions of connectors that were made of services' descriptions; the first is the row of `imported_connectors`. Rows are added, and
-- nothing of them ever changes: steps of earlier versions do what they did.
create table imported_connector_versions (
  key text not null references imported_connectors (key) on delete cascade,
  version int not null check (version between 2 and 100),
  workspace_id text not null references workspaces (id) on delete cascade,
  content json not null,
  -- The address without its query, or the file's name.
  source text not null,
  -- Where the service is, where somebody said so beside the description.
  base_url text,
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (key, version)
);
create index on imported_connector_versions (workspace_id);
alter table imported_connector_versions enable row level security;
alter table imported_connector_versions force row level security;
create policy tenant on imported_connector_versions to {{app}} using (workspace_id = current_setting('app.workspace_id', true)) with check (workspace_id = current_setting('app.workspace_id', true));
grant select, insert on imported_connector_versions to {{app}};
create policy executor on imported_connector_versions for select to {{executor}} using (true);
grant select on imported_connector_versions to {{executor}};
alter table imported_connectors add column base_url text;
