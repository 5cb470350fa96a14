-- Roll-ups read the last minutes of all monitors. Samples come nearly in the order of time: a summary of ranges costs next to nothing to keep.
create index observation_by_time on observation using brin (at) with (pages_per_range = 16, autosummarize = on);
