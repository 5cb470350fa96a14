-- Lines of logs, one partition for each day of UTC: what is too old goes with its partition.
create table log_line (
	service text not null,
	at timestamptz not null,
	-- 0 trace to 5 fatal.
	level smallint not null check (level between 0 and 5),
	message text not null,
	source text,
	-- The sender's own; the same line twice is one.
	id text,
	-- Request, trace, release and the rest, as far as they were said.
	detail jsonb not null
) partition by range (at);

-- The search: a window of a service, newest first.
create index log_line_by_time on log_line (service, at desc);
create unique index log_line_once on log_line (service, id, at) where id is not null;
