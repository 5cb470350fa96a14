-- When nobody watched: between the last sample and a start of the engine that came too late. One row for each, however often it is started.
create table watch_gap (
	from_at timestamptz primary key,
	to_at timestamptz not null,
	check (to_at > from_at)
);

-- When an engine itself reached nothing outside: what it saw then says nothing of the services.
create table network_loss (
	id bigint generated always as identity primary key,
	engine uuid not null,
	from_at timestamptz not null,
	-- Null while it lasts.
	to_at timestamptz,
	reason text not null
);
