-- When people know that a service may fail: what happens then is written down and wakes nobody.
create table maintenance_window (
	id bigint generated always as identity primary key,
	-- Null: every service.
	service text references service,
	name text not null,
	starts_at timestamptz not null,
	ends_at timestamptz not null,
	created_by text not null,
	created_at timestamptz not null default now(),
	-- Ended before its time.
	ended_at timestamptz,
	check (ends_at > starts_at)
);

-- Those that hold now: asked whenever a monitor is about to change.
create index maintenance_window_by_end on maintenance_window (ends_at) where ended_at is null;
