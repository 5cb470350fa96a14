-- Whether the question makes sense for the service: TLS on plain http, errors without a Sentry project. Written with each answer; what does
-- not apply is neither well nor unwell, and is counted apart.
alter table monitor add column applies boolean not null default true;
