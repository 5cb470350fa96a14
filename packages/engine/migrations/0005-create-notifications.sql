-- What is to be sent to whom. A row is written with its cause; it is marked sent after the channel took it, so that one may go out twice and
-- none is lost; the key lets the receiver drop the repeat.
create table notification (
	id bigint generated always as identity primary key,
	incident_id bigint references incident,
	transition_id bigint references transition,
	channel text not null,
	dedup_key text not null,
	message jsonb not null,
	created_at timestamptz not null default now(),
	state text not null default 'waiting' check (state in ('waiting', 'sent', 'refused', 'given-up', 'suppressed')),
	attempts smallint not null default 0,
	next_attempt_at timestamptz not null default now(),
	claimed_until timestamptz,
	sent_at timestamptz,
	last_answer text,
	unique (channel, dedup_key)
);

-- The drain: what waits and may be tried.
create index notification_to_send on notification (next_attempt_at) where state = 'waiting';
