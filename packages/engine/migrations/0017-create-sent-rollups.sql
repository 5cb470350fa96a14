-- How long what applications report took: transactions in slots of five minutes, spans and Web Vitals by the hour.
create table sent_rollup (
	service text not null,
	-- t: transaction, s: span, v: Web Vital.
	kind "char" not null check (kind in ('t', 's', 'v')),
	-- Transaction, span, or route.
	name text not null,
	-- Operation, or metric.
	part text not null,
	device text not null,
	release text not null,
	at timestamptz not null,
	count bigint not null,
	failed bigint not null,
	-- See storage/histogram.ts. Milliseconds; CLS in ten-thousandths.
	durations bytea not null,
	primary key (service, kind, at, name, part, device, release)
);

-- Retention takes away the oldest of a kind.
create index sent_rollup_by_age on sent_rollup (kind, at);

-- What was counted already: SDKs send again after a broken connection. Kept for a day.
create table sent_once (
	service text not null,
	id text not null,
	at timestamptz not null,
	primary key (service, id)
);

create index sent_once_by_age on sent_once using brin (at) with (pages_per_range = 16, autosummarize = on);
