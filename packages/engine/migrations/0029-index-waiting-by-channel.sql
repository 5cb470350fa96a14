-- The drain takes a few of each channel: one that hangs holds up no other, however much waits for it.
create index notification_waiting_by_channel on notification (channel, next_attempt_at) where state = 'waiting';
