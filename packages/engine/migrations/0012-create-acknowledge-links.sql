-- Links of notifications by which an incident is acknowledged. The token itself is in the message that was sent and nowhere else.
create table acknowledge_link (
	-- SHA-256 of the token.
	hash bytea primary key check (length(hash) = 32),
	incident_id bigint not null references incident,
	notification_id bigint references notification,
	channel text not null,
	created_at timestamptz not null,
	expires_at timestamptz not null,
	used_at timestamptz
);

-- What has expired is dropped by time.
create index acknowledge_link_by_expiry on acknowledge_link (expires_at);
