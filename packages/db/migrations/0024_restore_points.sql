-- Earlier states of drafts, so that nothing that was drawn is lost: kept by themselves, before a restore, and when a person names one.
create table restore_points (
  workspace_id text not null,
  id text not null,
  workflow_id text not null,
  cause text not null check (cause in ('edit', 'removal', 'restore', 'name')),
  -- What a person called it; null: it was kept by itself, and is thinned out with time.
  name text,
  document json not null,
  document_hash text not null,
  made_by text,
  -- When the draft became so.
  at timestamptz not null,
  kept_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, workflow_id) references workflows (workspace_id, id) on delete cascade
);
create index restore_points_kept on restore_points (workspace_id, workflow_id, kept_at desc, id desc);
create index restore_points_at on restore_points (workspace_id, workflow_id, at desc, id desc);

alter table restore_points enable row level security;
alter table restore_points force row level security;
create policy tenant on restore_points to {{app}} using (workspace_id = current_setting('app.workspace_id', true)) with check (workspace_id = current_setting('app.workspace_id', true));
grant select, insert, update, delete on restore_points to {{app}};
