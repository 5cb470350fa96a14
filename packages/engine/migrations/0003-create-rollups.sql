-- Minutes, hours and days of each monitor: how often it was in which state, and how its durations were distributed.
create table rollup (
	monitor_id bigint not null,
	grain "char" not null check (grain in ('m', 'h', 'd')),
	at timestamptz not null,
	ok integer not null default 0,
	warn integer not null default 0,
	fail integer not null default 0,
	unknown integer not null default 0,
	-- Sparse, mergeable, percentiles within 1 %: see storage/histogram.ts.
	durations bytea not null,
	primary key (monitor_id, grain, at)
);

-- Retention takes away the oldest of a grain.
create index rollup_by_age on rollup (grain, at);
