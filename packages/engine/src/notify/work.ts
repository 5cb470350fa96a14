/**
 * From what happened to rows that are to be sent. Guarantee: a happening and its rows are settled in one transaction, so that each is told
 * once however often this is interrupted; what nobody is told of stands there as `suppressed`, with the reason.
 */
import type pg from 'pg';
import type { Database } from '../storage/open-database.ts';
import { composeDigest, composeIncidentMessage } from './compose.ts';
import { chooseChannels, DIGEST_WAIT_MS, isStorm, STORM_WITHIN_MS } from './decide.ts';
import type { IncidentMention, Message, Told } from './message.ts';
import {
	countLately,
	type Happening,
	hasHappenings,
	insertNotification,
	listHearers,
	listUntried,
	markActed,
	putOff,
	replaceMessage,
	suppress,
	takeEntries,
	takeTransitions,
} from './queries.ts';
import type { Telling } from './telling.ts';

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

export async function planNotifications(database: Database, telling: Telling, limit = 200): Promise<PlanReport> {
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
				const counts = await settle(client, happening, { telling, now, storm });
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
	readonly telling: Telling;
	readonly now: number;
	readonly storm: { readonly opened: boolean; readonly resolved: boolean };
}

async function settle(
	client: pg.PoolClient,
	happening: Happening,
	{ telling, now, storm }: Circumstances,
): Promise<{ planned: number; suppressed: number }> {
	const { incident, consequence, effect, reason, source, id } = happening;
	const isExcused = consequence !== 'act';
	const told = isExcused ? 'opened' : effect === null ? undefined : TOLD[effect];
	if (told === undefined) return { planned: 0, suppressed: 0 };
	const message = writeMessage(happening, told, { telling, now });
	const isStormy = !isExcused && ((told === 'opened' && storm.opened) || (told === 'resolved' && storm.resolved));
	const routed = chooseChannels(telling.routes, happening.severity, now);
	// Who heard that it began hears how it goes on, whatever the hour and the severity are by then.
	const heard = incident === null || isExcused || told === 'opened' ? [] : await listHearers(client, incident.id);
	const channels = [...new Set([...routed, ...heard])];
	let planned = 0;
	for (const channel of channels) {
		const keepsIncidents = telling.keepsIncidents?.(channel) === true;
		const inDigest = isStormy && !keepsIncidents;
		if (inDigest) await addToDigest(client, { channel, message, told, now });
		if (!isExcused && !inDigest) planned++;
		await insertNotification(client, {
			channel,
			// People are told that it goes on elsewhere; what keeps a state has to end it.
			message: told === 'merged' && keepsIncidents ? { ...message, kind: 'resolved' } : message,
			incidentId: incident?.id ?? null,
			transitionId: source === 'transition' ? id : null,
			state: isExcused || inDigest ? 'suppressed' : 'waiting',
			answer: isExcused ? `${consequence}: ${reason}` : inDigest ? 'told in a digest' : null,
			notBefore: now,
			now,
		});
	}
	return { planned, suppressed: channels.length - planned };
}

function writeMessage(happening: Happening, told: Told, { telling, now }: Pick<Circumstances, 'telling' | 'now'>): Message {
	const { incident, reason, severity, diagnosis, members, source, id } = happening;
	const about: IncidentMention = incident ?? { id: 0, key: 'none', service: '', title: reason, severity, openedAt: now };
	const runbook = telling.runbook?.(about.service) ?? 'line ';
	const named = members.map(({ key, state, line, text }) => ({
		key,
		state,
		line: line === null ? null : `${runbook.endsWith(' ') ? runbook : `${runbook}:`}${line} ${text ?? ''}`.trim(),
	}));
	const background = { diagnosis, members: named, contacts: telling.contacts?.(about.service) ?? [] };
	const message = composeIncidentMessage({ told, incident: about, reason, happening: `${source}/${id}` }, background, now);
	return telling.mask?.(message) ?? message;
}

interface Digested {
	readonly channel: string;
	readonly message: Message;
	readonly told: Told;
	readonly now: number;
}

/** What waits and was not tried yet joins it. */
async function addToDigest(client: pg.PoolClient, { channel, message, told, now }: Digested): Promise<void> {
	const single = await listUntried(client, channel, told, null);
	const mentions = [...single.flatMap(({ message: waiting }) => waiting.mentions), ...message.mentions];
	const [digest] = await listUntried(client, channel, 'digest', told);
	if (digest !== undefined) {
		const all = [...digest.message.mentions, ...mentions];
		await replaceMessage(client, digest.id, composeDigest({ of: told, mentions: all, key: digest.message.dedupKey }, now));
	} else {
		await insertNotification(client, {
			channel,
			message: composeDigest({ of: told, mentions, key: `digest/${told}/${message.dedupKey}` }, now),
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
