-- What a change of state led to, and what of the incidents is still to be told: both are drained into notifications.
alter table transition
	add column consequence text not null default 'none' check (consequence in ('none', 'act', 'echo', 'maintenance', 'flapping')),
	-- What it did to its incident; null: nothing.
	add column effect text check (effect in ('opened', 'joined', 'raised', 'reopened', 'recovered', 'resolved'));

-- Entries that no transition stands behind: of persons, and of the engine looking after what was left over. Null: nothing to tell, or told.
alter table incident_entry add column tell_at timestamptz;
create index incident_entry_to_tell on incident_entry (tell_at) where tell_at is not null;

-- Members of an incident: monitors whose change belongs to it.
create index transition_of_incident on transition (incident_id) where incident_id is not null;
-- Incidents opened or resolved lately: storms, and causes that return.
create index incident_by_opening on incident (opened_at);
create index incident_by_resolution on incident (service, cause_key, resolved_at) where state = 'resolved';
