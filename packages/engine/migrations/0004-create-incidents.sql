-- Changes of state, what they led to, and who did what. A transition, its incident and its audit row are written in one transaction.
create table incident (
	id bigint generated always as identity primary key,
	service text not null references service,
	title text not null,
	severity text not null check (severity in ('critical', 'major', 'minor', 'info')),
	state text not null default 'open' check (state in ('open', 'acknowledged', 'resolved', 'merged')),
	-- What it is about: monitors with the same cause share an incident.
	cause_key text not null,
	opened_at timestamptz not null,
	acknowledged_at timestamptz,
	acknowledged_by text,
	resolved_at timestamptz,
	resolved_by text,
	merged_into bigint references incident,
	-- The diagnosis of its issue, when one was made.
	diagnosis jsonb
);

-- One incident for one cause: two engines that see the same at once open one.
create unique index incident_open_cause on incident (service, cause_key) where state in ('open', 'acknowledged');

create table incident_entry (
	id bigint generated always as identity primary key,
	incident_id bigint not null references incident,
	at timestamptz not null,
	kind text not null check (kind in ('opened', 'transition', 'acknowledged', 'note', 'diagnosis', 'notification', 'resolved', 'reopened', 'merged', 'role')),
	actor text not null,
	text text not null,
	detail jsonb
);

create index incident_entry_of_incident on incident_entry (incident_id, id);

create table transition (
	id bigint generated always as identity primary key,
	monitor_id bigint not null references monitor,
	at timestamptz not null,
	from_state text not null,
	to_state text not null,
	reason text not null,
	incident_id bigint references incident,
	-- Null until its consequences (diagnosis, notifications) have been drawn.
	acted_at timestamptz,
	attempts smallint not null default 0,
	next_attempt_at timestamptz not null default now(),
	last_error text
);

-- The drain: what has not been acted on, the oldest first.
create index transition_to_act on transition (next_attempt_at) where acted_at is null;
create index transition_of_monitor on transition (monitor_id, id desc);
