-- What an incident is about according to its diagnosis, and whose turn it is to make one.
alter table incident
	-- When its diagnosis ended; null: nobody has looked since it opened or opened again.
	add column diagnosis_at timestamptz,
	-- Of the last try, also one that failed: the next comes ten minutes later at the earliest.
	add column diagnosis_tried_at timestamptz,
	-- How bad it was at that try.
	add column diagnosed_severity text,
	-- What the diagnosis confirmed: {key, message, keys, observation}; null: nothing. Small, because each new failure reads it.
	add column confirmed_cause jsonb,
	-- A claim is a lease: whoever holds it past this moment is taken for dead.
	add column diagnosis_claimed_by uuid,
	add column diagnosis_claimed_until timestamptz;

alter table incident_entry drop constraint incident_entry_kind_check;
alter table incident_entry add constraint incident_entry_kind_check
	check (kind in ('opened', 'transition', 'acknowledged', 'note', 'diagnosis', 'notification', 'resolved', 'reopened', 'merged', 'split', 'role'));

-- Open incidents, of which there are few: what looks for one to diagnose or to join.
create index incident_open on incident (service, opened_at) where state in ('open', 'acknowledged');
-- The incident that a monitor belongs to now: the last that a change of it was about. Never two at once.
create index transition_with_incident on transition (monitor_id, id desc) where incident_id is not null;
create function incident_of_monitor(monitor bigint) returns bigint language sql stable as $$
	select incident_id from transition where monitor_id = monitor and incident_id is not null order by id desc limit 1
$$;
