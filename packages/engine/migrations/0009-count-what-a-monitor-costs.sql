-- A claim and a result rewrite the row of a monitor each time it runs: room on the page keeps the claim from touching the indexes.
alter table monitor set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
-- How far the last run began after it was due.
alter table monitor add column late_ms integer not null default 0;
