-- Messages of channels of kind `console`: what people read without any account elsewhere. One entry for each key.
create table inbox_entry (
	id bigint generated always as identity primary key,
	channel text not null,
	dedup_key text not null,
	kind text not null,
	severity text not null,
	service text not null,
	-- One line of at most 140 characters.
	short text not null,
	text text not null,
	incident_id bigint references incident,
	at timestamptz not null,
	read_at timestamptz,
	read_by text,
	unique (channel, dedup_key)
);

-- The inbox as it is listed: what nobody has read.
create index inbox_unread on inbox_entry (id) where read_at is null;
