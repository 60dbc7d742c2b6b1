-- The mail server of this install: one row, or none. Only the workspace that the install was set up with has it; its password is sealed.
create table mail_settings (
  singleton boolean primary key default true check (singleton),
  host text not null check (length(host) between 1 and 253),
  port integer not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  username text,
  sealed_password bytea,
  from_address text not null,
  from_name text,
  updated_by text not null,
  updated_at timestamptz not null default now(),
  -- How the server answered last; `paused_until` keeps a server that is away from being asked for every mail.
  health text not null default 'untested' check (health in ('untested', 'working', 'failing')),
  health_code text,
  health_text text,
  health_at timestamptz,
  faults integer not null default 0,
  paused_until timestamptz,
  check ((username is null) = (sealed_password is null))
);
alter table mail_settings enable row level security;
alter table mail_settings force row level security;
create policy install on mail_settings to {{app}}
  using (current_setting('app.workspace_id', true) = (select workspace_id from installation))
  with check (current_setting('app.workspace_id', true) = (select workspace_id from installation));
create policy sender on mail_settings to {{executor}} using (true) with check (true);
grant select, insert, update, delete on mail_settings to {{app}};
grant select on mail_settings to {{executor}};
grant update (health, health_code, health_text, health_at, faults, paused_until) on mail_settings to {{executor}};

-- Mails that were decided upon, in the transaction of what caused them. `sealed` is what is in them (links let people in); it goes with the sending.
create table mail_outbox (
  workspace_id text not null references workspaces (id) on delete cascade,
  id text not null,
  kind text not null check (kind in ('invitation', 'reconnect', 'alert')),
  recipient text not null check (length(recipient) between 3 and 254),
  subject text not null,
  -- Id of what it tells of: an invitation that is withdrawn takes its mail along.
  about text,
  -- The same in every attempt, so that a mailbox that gets one twice can fold them.
  message_id text not null unique,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'canceled')),
  sealed bytea,
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  -- Who is sending it, and until when nobody else may.
  claim text,
  claimed_until timestamptz,
  error_code text,
  error_text text,
  error_at timestamptz,
  expires_at timestamptz not null,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check ((sealed is not null) = (state in ('waiting', 'failed')))
);
create index mail_outbox_due on mail_outbox (next_at) where state = 'waiting';
create index mail_outbox_list on mail_outbox (workspace_id, created_at desc, id desc);
create index mail_outbox_about on mail_outbox (workspace_id, about) where state = 'waiting';
create index mail_outbox_old on mail_outbox (created_at) where state <> 'waiting';

alter table mail_outbox enable row level security;
alter table mail_outbox force row level security;
create policy tenant on mail_outbox to {{app}} using (workspace_id = current_setting('app.workspace_id', true)) with check (workspace_id = current_setting('app.workspace_id', true));
-- Whoever sends works through the mails of every workspace.
create policy sender on mail_outbox to {{executor}} using (true) with check (true);
grant select, insert, update on mail_outbox to {{app}};
grant select, update, delete on mail_outbox to {{executor}};
