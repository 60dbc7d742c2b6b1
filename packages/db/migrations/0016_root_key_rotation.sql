-- While the root key is exchanged every workspace key is wrapped by both: who has the old one reads `wrapped`, who has the new one `next_wrapped`.
alter table workspace_keys
  add column next_wrapped bytea,
  -- Fingerprint of the root key of `next_wrapped`.
  add column next_root text,
  add constraint workspace_keys_next check ((next_wrapped is null) = (next_root is null));
