-- Runs that go on with an earlier one, or repeat it.
alter table runs
  -- The run that this one goes on with.
  add column resumes_run_id text collate "C",
  -- The first of those: its id is in the keys of the ledger rows of all of them.
  add column origin_run_id text collate "C",
  -- The run whose input this one has.
  add column rerun_of text collate "C";
-- A run is gone on with once; then its successor is: a chain, in which the order of what was done is clear.
create unique index runs_resumes on runs (workspace_id, resumes_run_id) where resumes_run_id is not null;

alter table attempts
  -- Of the node as the plan has it, and of what the effect was built from: decide whether a resume skips it.
  add column config_hash text,
  add column input_hash text,
  -- What `$now` was for it, and the run's time when its outcome was taken; ms since 1970.
  add column at_ms bigint,
  add column time_ms bigint;
