-- People and tenants. `{{app}}`, `{{executor}}` and `{{auth}}` are the roles of this database.
grant usage on schema public to {{app}}, {{executor}}, {{auth}};
revoke create on schema public from public;

-- Column names as better-auth 1.7 writes them.
create table "user" (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table session (
  id text primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references "user" (id) on delete cascade
);
create index session_of_user on session ("userId");
create index session_by_expiry on session ("expiresAt");
create table account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references "user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index account_of_user on account ("userId");
create table verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_identifier on verification (identifier);

create table workspaces (
  id text primary key,
  name text not null,
  timezone text not null default 'UTC',
  language text not null default 'en',
  run_retention_days integer not null default 30 check (run_retention_days between 1 and 3650),
  delivery_retention_days integer not null default 30 check (delivery_retention_days between 1 and 3650),
  created_at timestamptz not null default now()
);

-- One row once the first owner exists; its primary key decides between two set-ups at once.
create table installation (
  singleton boolean primary key default true check (singleton),
  workspace_id text not null,
  set_up_at timestamptz not null default now()
);

create table projects (
  workspace_id text not null references workspaces (id) on delete cascade,
  id text not null,
  name text not null,
  is_default boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index projects_default on projects (workspace_id) where is_default;

create table members (
  workspace_id text not null references workspaces (id) on delete cascade,
  id text not null,
  user_id text not null references "user" (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'editor', 'operator', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, user_id)
);
create index members_user on members (user_id);

create table invitations (
  workspace_id text not null references workspaces (id) on delete cascade,
  id text not null,
  email text not null,
  role text not null check (role in ('owner', 'admin', 'editor', 'operator', 'viewer')),
  token_hash text not null unique,
  invited_by text not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by text,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);

create table workspace_keys (
  workspace_id text not null references workspaces (id) on delete cascade,
  id text not null,
  wrapped bytea not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create unique index workspace_keys_active on workspace_keys (workspace_id) where active;

create table audit_log (
  workspace_id text not null references workspaces (id),
  seq bigint not null,
  id text not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('user', 'apiKey', 'system')),
  actor_id text,
  action text not null,
  target_kind text not null,
  target_id text,
  details json not null,
  previous_hash text not null,
  hash text not null,
  primary key (workspace_id, seq)
);

alter table workspaces enable row level security;
alter table workspaces force row level security;
create policy tenant on workspaces to {{app}}
  using (id = current_setting('app.workspace_id', true)) with check (id = current_setting('app.workspace_id', true));
create policy identity on workspaces for select to {{auth}} using (true);
create policy retention on workspaces for select to {{executor}} using (true);

do $$
declare name text;
begin
  foreach name in array array['projects', 'members', 'invitations', 'workspace_keys', 'audit_log'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy tenant on %I to {{app}} using (workspace_id = current_setting(''app.workspace_id'', true)) with check (workspace_id = current_setting(''app.workspace_id'', true))', name);
  end loop;
end $$;
create policy identity on members for select to {{auth}} using (true);
create policy identity on invitations for select to {{auth}} using (true);

alter table "user" enable row level security;
alter table "user" force row level security;
create policy identity on "user" to {{auth}} using (true) with check (true);
-- `members` is filtered by its own policy first, so this shows the people of one workspace.
create policy tenant on "user" for select to {{app}} using (exists (select 1 from members m where m.user_id = "user".id));

grant select, insert, update, delete on "user", session, account, verification to {{auth}};
grant select on workspaces, members, invitations, installation to {{auth}};
grant select (id, name, email, image, "createdAt") on "user" to {{app}};
grant select, insert, update on workspaces to {{app}};
grant select, insert on installation to {{app}};
grant select, insert, update, delete on projects, members, invitations to {{app}};
grant select, insert, update on workspace_keys to {{app}};
grant select, insert on audit_log to {{app}};
grant select on workspaces to {{executor}};
