-- What an incident is about according to its diagnosis, and whose turn it is to make one.
alter table incident
	-- Of the last diagnosis that was made; `diagnosis` holds what it said.
	add column diagnosed_at timestamptz,
	-- Of the last try, also one that failed.
	add column diagnosis_tried_at timestamptz,
	-- A claim is a lease: whoever holds it past this moment is taken for dead.
	add column diagnosis_claimed_until timestamptz,
	-- When a monitor joined it last.
	add column joined_at timestamptz,
	-- Questions whose failure the diagnosis explains by the cause of this incident.
	add column explains text[] not null default '{}';

alter table incident_entry drop constraint incident_entry_kind_check;
alter table incident_entry add constraint incident_entry_kind_check
	check (kind in ('opened', 'transition', 'acknowledged', 'note', 'diagnosis', 'notification', 'resolved', 'reopened', 'merged', 'split', 'role'));

-- What speaks of the last minutes fails on after an incident has ended: that is no new one.
alter table transition drop constraint transition_consequence_check;
alter table transition add constraint transition_consequence_check
	check (consequence in ('none', 'act', 'echo', 'maintenance', 'flapping', 'aftermath'));

-- Open incidents, of which there are few: what looks for one to diagnose or to join.
create index incident_open on incident (service, opened_at) where state in ('open', 'acknowledged');
