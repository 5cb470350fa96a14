-- What an incident is called by outside systems over its whole life. Numbers are each installation's own, and two may tell one receiver.
alter table incident add column key uuid not null default gen_random_uuid();
