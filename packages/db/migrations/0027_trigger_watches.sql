-- Where a server can say that something came (IMAP IDLE), one process at a time listens for it. What it hears is a hint to ask at once:
-- polls find everything without it.
alter table trigger_bindings add column watcher text;
alter table trigger_bindings add column watched_until timestamptz;
create index trigger_bindings_watched on trigger_bindings (watcher) where watcher is not null;
