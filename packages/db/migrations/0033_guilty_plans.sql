-- What a run does that killed the process of its own, too, the next run of its plan does: it begins in a process of its own.
alter table run_losses add column plan_hash text collate "C";
