-- Releases that applications name, and what became of them; sessions by release; jobs and their runs; what SDKs threw away.
create table app_release (
	service text not null,
	version text not null,
	first_at timestamptz not null,
	last_at timestamptz not null,
	-- Since when it takes the traffic; null: nobody said.
	live_at timestamptz,
	commit text,
	title text,
	branch text,
	url text,
	deployment_id text,
	primary key (service, version)
);

-- Newest first.
create index app_release_by_age on app_release (service, first_at desc);

create table app_release_notice (
	service text not null,
	-- The sender's: the same notice twice is one.
	id text not null,
	version text not null,
	event text not null,
	at timestamptz not null,
	environment text not null,
	sent_by text not null,
	primary key (service, id)
);

create index app_release_notice_of_release on app_release_notice (service, version, at);

-- Sessions that may still change: what they are counted as now.
create table app_session (
	service text not null,
	id uuid not null,
	release text not null,
	environment text not null,
	started_at timestamptz not null,
	updated_at timestamptz not null,
	status text not null,
	errors integer not null,
	primary key (service, id)
);

create index app_session_by_age on app_session (updated_at);

create table app_session_hour (
	service text not null,
	release text not null,
	environment text not null,
	at timestamptz not null,
	healthy bigint not null default 0,
	errored bigint not null default 0,
	abnormal bigint not null default 0,
	crashed bigint not null default 0,
	unhandled bigint not null default 0,
	primary key (service, at, release, environment)
);

create table job (
	service text not null,
	name text not null,
	-- How it is meant to run; null: it never said.
	plan jsonb,
	last_at timestamptz not null,
	last_status text not null,
	primary key (service, name)
);

create table job_run (
	service text not null,
	id uuid not null,
	job text not null,
	status text not null check (status in ('in_progress', 'ok', 'error')),
	started_at timestamptz not null,
	updated_at timestamptz not null,
	duration_ms double precision,
	release text,
	environment text not null,
	primary key (service, id)
);

-- The one under way, and the last ones.
create index job_run_of_job on job_run (service, job, started_at desc);

create table client_loss (
	service text not null,
	at timestamptz not null,
	reason text not null,
	category text not null,
	quantity bigint not null,
	primary key (service, at, reason, category)
);
