-- Whoever keeps resolved webhook endpoints in memory hears of every change that resolving could see, at its commit.
create function tell_endpoint_change() returns trigger language plpgsql as $$
begin
  perform pg_notify('endpoints_changed', '');
  return null;
end $$;
create trigger endpoint_change after insert or update or delete on webhook_endpoints for each statement execute function tell_endpoint_change();
create trigger endpoint_change after delete or update of name, active, live_version_id, archived_at on workflows
  for each statement execute function tell_endpoint_change();
