-- One address receives the events of all accounts of a client app. Beside the client secret a vendor may have another one that proves deliveries;
-- it is sealed with it. What came is counted, for the admin who entered the address at the vendor.
alter table client_apps add column has_signing_secret boolean not null default false;
alter table client_apps add column events_taken bigint not null default 0;
alter table client_apps add column events_dropped bigint not null default 0;
alter table client_apps add column deliveries_refused bigint not null default 0;
alter table client_apps add column last_event_at timestamptz;
alter table client_apps add column last_refused_at timestamptz;

-- Whose events a trigger gets from the address of its connector's client app; null: it has an address of its own, or none.
alter table trigger_bindings add column app_account text;
create index trigger_bindings_app on trigger_bindings (workspace_id, app_account) where app_account is not null;

-- What to do about what is wrong; and why a service that should call is asked instead: that stays to be seen while it is so, whatever comes of
-- the asking.
alter table trigger_bindings add column error_hint text;
alter table trigger_bindings add column refused_code text;
alter table trigger_bindings add column refused_text text;
alter table trigger_bindings add column refused_hint text;
alter table trigger_bindings add column refused_at timestamptz;
update trigger_bindings set refused_code = error_code, refused_text = error_text, refused_at = error_at
  where way = 'webhook' and subscribed is null and poll_state is not null and error_at is not null;
