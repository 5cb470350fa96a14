-- Who asked for what, by which operation, and what became of it. Only added to.
create table audit (
	id bigint generated always as identity primary key,
	at timestamptz not null,
	actor text not null,
	operation text not null,
	subject text not null,
	detail jsonb not null default '{}'
);

create index audit_of_subject on audit (subject, id desc);
