-- When nobody watched: between the last sample and a start of the engine that came too late. One row for each, however often it is started.
create table watch_gap (
	from_at timestamptz primary key,
	to_at timestamptz not null,
	check (to_at > from_at)
);
