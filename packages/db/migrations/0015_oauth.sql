-- A connector's client at its vendor: entered once by an admin, used by everybody who connects an account. The secret is sealed like a credential.
create table client_apps (
  workspace_id text not null references workspaces (id) on delete cascade,
  connector_key text not null check (connector_key <> ''),
  client_id text not null check (client_id <> ''),
  has_secret boolean not null,
  key_id text not null,
  wrapped_key bytea not null,
  sealed bytea not null,
  updated_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, connector_key),
  foreign key (workspace_id, key_id) references workspace_keys (workspace_id, id)
);
create index client_apps_key on client_apps (workspace_id, key_id);

-- Consents under way: of one session, used once. The PKCE verifier or the device code is sealed.
create table oauth_states (
  workspace_id text not null,
  state_hash text not null,
  kind text not null check (kind in ('code', 'device')),
  credential_id text not null,
  user_id text not null,
  session_id text not null,
  key_id text not null,
  wrapped_key bytea not null,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (workspace_id, state_hash),
  foreign key (workspace_id, key_id) references workspace_keys (workspace_id, id),
  foreign key (workspace_id, credential_id) references credentials (workspace_id, id) on delete cascade
);
create index oauth_states_credential on oauth_states (workspace_id, credential_id);
create index oauth_states_expiry on oauth_states (expires_at);
create index oauth_states_key on oauth_states (workspace_id, key_id);

do $$
declare name text;
begin
  foreach name in array array['client_apps', 'oauth_states'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I to {{app}} using (workspace_id = current_setting(''app.workspace_id'', true)) with check (workspace_id = current_setting(''app.workspace_id'', true))', name);
    execute format('grant select, insert, update, delete on %I to {{app}}', name);
  end loop;
end $$;
