-- Stored secrets. `sealed` is AES-256-GCM by a key of its own, which `wrapped_key` holds encrypted by the workspace's key `key_id`;
-- both are bound to workspace, id and type. Everything else in the row may be shown.
create table credentials (
  workspace_id text not null references workspaces (id) on delete cascade,
  id text not null,
  type text not null check (type <> ''),
  name text not null check (length(name) between 1 and 200),
  owner_id text not null,
  -- Hosts that it may be sent to: `api.example.com`, `*.example.com`, with a port where it is not the usual one.
  hosts text[] not null,
  -- What was typed in and is no secret, as text by field name.
  fields json not null default '{}',
  -- Names of the secrets that are set.
  secret_fields text[] not null default '{}',
  -- Whose it is in the service, as the service says.
  account text,
  scopes text[] not null default '{}',
  health text not null check (health in ('notConnected', 'untested', 'working', 'failing', 'needsReconnect')),
  health_code text,
  health_text text,
  health_at timestamptz,
  -- When its access ends by itself; null where it does not, or nobody knows.
  expires_at timestamptz,
  -- Whether it is renewed without a person.
  renews boolean not null default false,
  -- One more with every change of the secret: who was refused with an older one reads again before renewing.
  generation integer not null default 1,
  key_id text not null,
  wrapped_key bytea not null,
  sealed bytea not null,
  renewed_at timestamptz,
  last_used_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, key_id) references workspace_keys (workspace_id, id)
);
create unique index credentials_name on credentials (workspace_id, lower(name));
create index credentials_key on credentials (workspace_id, key_id);

-- Who else may use one; using is not reading. `subject` is a user id or a role.
create table credential_grants (
  workspace_id text not null,
  credential_id text not null,
  kind text not null check (kind in ('user', 'role')),
  subject text not null check (kind = 'user' or subject in ('owner', 'admin', 'editor', 'operator', 'viewer')),
  granted_by text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, credential_id, kind, subject),
  foreign key (workspace_id, credential_id) references credentials (workspace_id, id) on delete cascade
);

do $$
declare name text;
begin
  foreach name in array array['credentials', 'credential_grants'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I to {{app}} using (workspace_id = current_setting(''app.workspace_id'', true)) with check (workspace_id = current_setting(''app.workspace_id'', true))', name);
    execute format('grant select, insert, update, delete on %I to {{app}}', name);
  end loop;
end $$;
