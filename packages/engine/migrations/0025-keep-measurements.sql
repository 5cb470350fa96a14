-- Figures that checks compare over time (memory of a process, Web Vitals), at most one for each minute. How long checks take is in the
-- roll-ups already. Which figures are kept is a short list (src/trend/decide.ts), so that a thousand monitors add nothing here.
create table measurement (
	monitor_id bigint not null,
	name text not null,
	-- Beginning of the minute.
	at timestamptz not null,
	value double precision not null,
	primary key (monitor_id, name, at)
);

-- Retention takes away the oldest.
create index measurement_by_age on measurement (at);
