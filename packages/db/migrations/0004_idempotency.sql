-- Answers to writes that carried an `Idempotency-Key`, given again for 24 hours. `answer` is null while the write runs, and where the answer held a secret.
create table idempotent_answers (
  workspace_id text not null references workspaces (id) on delete cascade,
  key_hash text not null,
  request_hash text not null,
  status integer,
  answer json,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key_hash)
);
create index idempotent_answers_created on idempotent_answers (workspace_id, created_at);
alter table idempotent_answers enable row level security;
alter table idempotent_answers force row level security;
create policy tenant on idempotent_answers to {{app}}
  using (workspace_id = current_setting('app.workspace_id', true)) with check (workspace_id = current_setting('app.workspace_id', true));
grant select, insert, update, delete on idempotent_answers to {{app}};
