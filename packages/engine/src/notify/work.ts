/**
 * From what happened to rows that are to be sent. Guarantee: a happening and its rows are settled in one transaction, so that each is told
 * once however often this is interrupted; what nobody is told of stands there as `suppressed`, with the reason.
 */
import type pg from 'pg';
import type { Database } from '../storage/open-database.ts';
import { chooseChannels, DIGEST_WAIT_MS, isStorm, type NotifyRoute, STORM_WITHIN_MS } from './decide.ts';
import type { Message, Told } from './message.ts';
import {
	countLately,
	type Happening,
	hasHappenings,
	insertNotification,
	listUntried,
	markActed,
	putOff,
	replaceMessage,
	suppress,
	takeEntries,
	takeTransitions,
} from './queries.ts';

export interface PlanReport {
	readonly planned: number;
	readonly suppressed: number;
	/** What threw, and was put off. */
	readonly failed: readonly { readonly subject: string; readonly reason: string }[];
}

/** What threw comes back after a minute. */
const PUT_OFF_MS = 60_000;

/** Joining and a first recovery among several are written down in the timeline, and wake nobody. */
const TOLD: Readonly<Record<string, Told>> = {
	opened: 'opened',
	reopened: 'reopened',
	raised: 'raised',
	diagnosis: 'diagnosed',
	acknowledged: 'acknowledged',
	merged: 'merged',
	resolved: 'resolved',
};

export async function planNotifications(database: Database, routes: readonly NotifyRoute[], limit = 200): Promise<PlanReport> {
	const now = await database.now();
	if (!(await hasHappenings(database.pool, now))) return { planned: 0, suppressed: 0, failed: [] };
	return await database.transaction(async (client) => {
		const { rows } = await client.query<{ mine: boolean }>(
			"select pg_try_advisory_xact_lock(hashtextextended('holdfast/plan', 0)) as mine",
		);
		// Another engine is at it; the order of a digest needs one at a time.
		if (rows[0]?.mine !== true) return { planned: 0, suppressed: 0, failed: [] };
		const happenings = [...(await takeTransitions(client, now, limit)), ...(await takeEntries(client, now, limit))];
		const lately = await countLately(client, now, STORM_WITHIN_MS);
		const storm = { opened: isStorm(lately.opened), resolved: isStorm(lately.ended) };
		let [planned, suppressed] = [0, 0];
		const failed: { subject: string; reason: string }[] = [];
		for (const happening of happenings) {
			await client.query('savepoint happening');
			try {
				const counts = await settle(client, happening, { routes, now, storm });
				await markActed(client, happening, now);
				planned += counts.planned;
				suppressed += counts.suppressed;
			} catch (error) {
				await client.query('rollback to savepoint happening');
				const reason = error instanceof Error ? error.message : String(error);
				await putOff(client, happening, now + PUT_OFF_MS, reason.slice(0, 500));
				failed.push({ subject: `${happening.source}/${happening.id}`, reason });
			}
		}
		return { planned, suppressed, failed };
	});
}

interface Circumstances {
	readonly routes: readonly NotifyRoute[];
	readonly now: number;
	readonly storm: { readonly opened: boolean; readonly resolved: boolean };
}

async function settle(
	client: pg.PoolClient,
	happening: Happening,
	{ routes, now, storm }: Circumstances,
): Promise<{ planned: number; suppressed: number }> {
	const { incident, consequence, effect, reason, source, id } = happening;
	const isExcused = consequence !== 'act';
	const kind = isExcused ? 'opened' : effect === null ? undefined : TOLD[effect];
	if (kind === undefined) return { planned: 0, suppressed: 0 };
	const about = incident ?? { id: 0, service: '', title: reason, severity: happening.severity };
	const message: Message = { kind, incident: about, reason, at: new Date(now).toISOString() };
	const key = `incident/${incident?.id ?? 'none'}/${source}/${id}`;
	const inStorm = !isExcused && ((kind === 'opened' && storm.opened) || (kind === 'resolved' && storm.resolved));
	const channels = chooseChannels(routes, happening.severity, now);
	for (const channel of channels) {
		if (inStorm) await addToDigest(client, { channel, message, kind, now });
		await insertNotification(client, {
			channel,
			key,
			message,
			incidentId: incident?.id ?? null,
			transitionId: source === 'transition' ? id : null,
			state: isExcused || inStorm ? 'suppressed' : 'waiting',
			answer: isExcused ? `${consequence}: ${reason}` : inStorm ? 'told in a digest' : null,
			notBefore: now,
			now,
		});
	}
	return isExcused || inStorm ? { planned: 0, suppressed: channels.length } : { planned: channels.length, suppressed: 0 };
}

interface Digested {
	readonly channel: string;
	readonly message: Extract<Message, { readonly kind: Told }>;
	readonly kind: Told;
	readonly now: number;
}

/** What waits and was not tried yet joins it. */
async function addToDigest(client: pg.PoolClient, { channel, message, kind, now }: Digested): Promise<void> {
	const single = (await listUntried(client, channel, kind, null)).filter(({ message: waiting }) => waiting.kind === kind);
	const mentions = [...single.flatMap(({ message: waiting }) => ('incident' in waiting ? [waiting.incident] : [])), message.incident];
	const [digest] = await listUntried(client, channel, 'digest', kind);
	if (digest !== undefined && digest.message.kind === 'digest') {
		await replaceMessage(client, digest.id, { ...digest.message, incidents: [...digest.message.incidents, ...mentions] });
	} else {
		await insertNotification(client, {
			channel,
			key: `digest/${kind}/${message.incident.id}/${now}`,
			message: { kind: 'digest', of: kind, incidents: mentions, at: new Date(now).toISOString() },
			incidentId: null,
			transitionId: null,
			state: 'waiting',
			answer: null,
			notBefore: now + DIGEST_WAIT_MS,
			now,
		});
	}
	await suppress(
		client,
		single.map(({ id }) => id),
		'told in a digest',
	);
}
