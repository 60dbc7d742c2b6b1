-- Who changed which part of a draft: one row per path and person, written in the transaction that stores the change. Paths are those of
-- the difference of two documents (`nodes/http_k3f9a/parameters/url`). A part without a row was changed by an older server: nobody knows by whom.
create table draft_changes (
  workspace_id text not null,
  workflow_id text not null,
  path text not null check (length(path) between 1 and 500),
  user_id text not null,
  -- When they changed it last.
  changed_at timestamptz not null,
  -- Published, or taken back: it says who made a change again that going back to an older version brings back.
  settled boolean not null default false,
  primary key (workspace_id, workflow_id, path, user_id),
  foreign key (workspace_id, workflow_id) references workflows (workspace_id, id) on delete cascade
);

alter table draft_changes enable row level security;
alter table draft_changes force row level security;
create policy tenant on draft_changes to {{app}} using (workspace_id = current_setting('app.workspace_id', true)) with check (workspace_id = current_setting('app.workspace_id', true));
grant select, insert, update, delete on draft_changes to {{app}};
