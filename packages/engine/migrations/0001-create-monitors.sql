-- Services and what is asked of them on a schedule. Both come from holdfast.yaml and the runbook at each start; what they were is kept,
-- because observations and incidents point here.
create table service (
	name text primary key,
	url text not null,
	created_at timestamptz not null default now(),
	-- Null while the configuration has it.
	removed_at timestamptz
);

create table monitor (
	id bigint generated always as identity primary key,
	service text not null references service,
	-- The question, as the checks name it: id and parameters.
	key text not null,
	check_id text not null,
	params jsonb not null default '{}',
	title text not null,
	-- Lines of the runbook that ask it: [{line, address, text}].
	lines jsonb not null default '[]',
	every_ms integer not null check (every_ms >= 1000),
	-- Samples in a row that confirm a change.
	confirm smallint not null default 2 check (confirm between 1 and 100),
	severity text not null default 'major' check (severity in ('critical', 'major', 'minor', 'info')),
	-- `new` until the first confirmed state.
	state text not null default 'new' check (state in ('new', 'ok', 'warn', 'fail', 'unknown')),
	state_since timestamptz not null default now(),
	-- The state that is on its way to being confirmed, and how many samples speak for it.
	candidate text check (candidate in ('ok', 'warn', 'fail', 'unknown')),
	candidate_count smallint not null default 0,
	last_at timestamptz,
	last_reason text,
	due_at timestamptz not null default now(),
	-- A claim is a lease: whoever holds it past this moment is taken for dead.
	claimed_until timestamptz,
	claimed_by uuid,
	-- Ticks that nobody started in time.
	missed bigint not null default 0,
	removed_at timestamptz,
	unique (service, key)
);

-- The scheduler's claim: due, of those that are watched, the longest overdue first.
create index monitor_due on monitor (due_at) where removed_at is null;
