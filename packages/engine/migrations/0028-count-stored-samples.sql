-- How many samples of a monitor were ever stored: raw samples go with their day, and what is counted must not go down. Written with the
-- result, in the same statement.
alter table monitor add column stored bigint not null default 0;
update monitor set stored = (select count(*) from observation where observation.monitor_id = monitor.id);
