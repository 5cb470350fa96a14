-- Raw samples, one partition for each day of UTC: what is too old goes with its partition. Pages read roll-ups only.
create table observation (
	monitor_id bigint not null,
	at timestamptz not null,
	state smallint not null check (state between 0 and 3),
	duration_ms real not null,
	reason text not null,
	-- Findings, measurements and evidence of samples that are not ok; null for the others, whose roll-up says enough.
	detail jsonb
) partition by range (at);

-- The last samples of a monitor, newest first.
create index observation_of_monitor on observation (monitor_id, at desc);
