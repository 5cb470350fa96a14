-- A time during which a channel took nothing: told once by another channel, and once when it is over.
create table channel_trouble (
	id uuid primary key default gen_random_uuid(),
	channel text not null,
	since timestamptz not null,
	reason text not null,
	ended_at timestamptz
);

-- One at a time for a channel: two engines that see the same at once write one.
create unique index channel_trouble_open on channel_trouble (channel) where ended_at is null;
-- `holdfast channels`: the last notification of each channel.
create index notification_of_channel on notification (channel, id desc);
