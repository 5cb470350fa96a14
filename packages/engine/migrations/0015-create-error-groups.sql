-- Errors that applications report. A group is what people look at; its events are counted all, and kept whole for the last hundred.
create table error_group (
	id bigint generated always as identity primary key,
	service text not null,
	fingerprint text not null,
	title text not null,
	culprit text,
	level text not null,
	-- What decided that events belong here, and what the fingerprint was made of.
	grouped_by text not null,
	parts jsonb not null,
	state text not null default 'open' check (state in ('open', 'resolved', 'ignored')),
	state_at timestamptz not null,
	-- How it was resolved; null while it is not.
	resolution jsonb,
	first_at timestamptz not null,
	last_at timestamptz not null,
	first_release text,
	last_release text,
	events bigint not null default 0,
	users bigint not null default 0,
	regressions integer not null default 0,
	-- Events whose body is there.
	bodies integer not null default 0,
	unique (service, fingerprint)
) with (fillfactor = 70);

-- The list: of a service, the one seen last first.
create index error_group_by_last on error_group (service, last_at desc);

-- One row for each event that was acknowledged: the same event sent twice counts once.
create table error_event (
	service text not null,
	id uuid not null,
	group_id bigint not null references error_group on delete cascade,
	at timestamptz not null,
	release text,
	environment text not null,
	level text not null,
	-- Stack, breadcrumbs, tags and the rest; null where newer events of the group took its place.
	body jsonb,
	primary key (service, id)
);

-- The newest of a group that is kept whole, and which of them are too many.
create index error_event_of_group on error_event (group_id, at desc) where body is not null;
-- Events of the last minutes, and what is too old.
create index error_event_by_time on error_event (service, at);

-- lz4 takes a tenth of the time of the built-in way; servers that were built without it do without.
do $$ begin
	alter table error_event alter column body set compression lz4;
exception when feature_not_supported then null;
end $$;

-- How often in which hour.
create table error_group_hour (
	group_id bigint not null references error_group on delete cascade,
	at timestamptz not null,
	events bigint not null,
	primary key (group_id, at)
);

-- Who met it: the first 64 bits of a hash.
create table error_group_user (
	group_id bigint not null references error_group on delete cascade,
	user_hash bytea not null,
	primary key (group_id, user_hash)
);

-- What became of a group, and why: by persons, and by events that came back.
create table error_group_change (
	id bigint generated always as identity primary key,
	group_id bigint not null references error_group on delete cascade,
	at timestamptz not null,
	from_state text not null,
	to_state text not null,
	actor text not null,
	reason text not null
);

create index error_group_change_of_group on error_group_change (group_id, id);
