import type { ChannelDescription } from '@holdfast/providers/notification';
import type { Queryable } from '../../incidents/read.ts';

export interface ChannelRecord {
	/** The last that was tried: `sent`, `refused`, `given-up`, or `waiting` for another try. Null: none yet. */
	readonly last: { readonly at: string; readonly state: string; readonly answer: string | null } | null;
	readonly waiting: number;
	/** Since when it takes nothing, and why. */
	readonly failing: { readonly since: string; readonly reason: string } | null;
}

export interface ChannelStatus extends ChannelDescription {
	readonly name: string;
	/** What keeps it from being used at all, in a sentence. */
	readonly problem: string | null;
	/** Null: what became of its messages is not known. */
	readonly record: ChannelRecord | null;
}

export interface ListChannelsInput {
	readonly channels: readonly (ChannelDescription & { readonly name: string })[];
	readonly problems: readonly { readonly channel: string; readonly reason: string }[];
}

/** Every channel of the configuration with what became of its messages. @param db null: there is no database to be asked */
export async function listChannels(db: Queryable | null, { channels, problems }: ListChannelsInput): Promise<readonly ChannelStatus[]> {
	const names = channels.map(({ name }) => name);
	const records = db === null ? null : await readRecords(db, names);
	return channels.map((channel) => ({
		...channel,
		problem: problems.find((problem) => problem.channel === channel.name)?.reason ?? null,
		record: records === null ? null : (records.get(channel.name) ?? { last: null, waiting: 0, failing: null }),
	}));
}

async function readRecords(db: Queryable, names: readonly string[]): Promise<ReadonlyMap<string, ChannelRecord>> {
	const { rows } = await db.query<{
		name: string;
		state: string | null;
		at: Date | null;
		answer: string | null;
		waiting: number;
		since: Date | null;
		reason: string | null;
	}>(
		`select named.name, last.state, last.at, last.answer, channel_trouble.since, channel_trouble.reason,
			(select count(*)::int from notification where channel = named.name and state = 'waiting') as waiting
		from unnest($1::text[]) as named(name)
		left join lateral (
			select state, coalesce(sent_at, created_at) as at, last_answer as answer from notification
			where channel = named.name and state <> 'suppressed' and attempts > 0 order by id desc limit 1
		) as last on true
		left join channel_trouble on channel_trouble.channel = named.name and ended_at is null`,
		[names],
	);
	return new Map(
		rows.map(({ name, state, at, answer, waiting, since, reason }) => [
			name,
			{
				last: state === null || at === null ? null : { at: at.toISOString(), state, answer },
				waiting,
				failing: since === null || reason === null ? null : { since: since.toISOString(), reason },
			},
		]),
	);
}
