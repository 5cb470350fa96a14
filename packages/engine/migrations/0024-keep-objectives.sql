-- Objectives that the runbook or the configuration sets, and how they stand: written anew each minute, read by whoever asks for the status.
create table objective (
	service text not null references service,
	-- `uptime`: the key of its override in the configuration, and of the cause of its incident (`objective:uptime`).
	name text not null,
	title text not null,
	-- Line of the runbook; null: the configuration alone names it.
	line integer,
	-- Share of the time, above 0 and below 1.
	target double precision not null check (target > 0 and target < 1),
	window_ms bigint not null check (window_ms >= 3600000),
	-- The last measurement; null before the first.
	result jsonb,
	measured_at timestamptz,
	removed_at timestamptz,
	primary key (service, name)
);
