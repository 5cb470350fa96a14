/**
 * Rounds of `kill -9` of the engine, of PostgreSQL or of both, at instants drawn by a seed, under load. The witness stands outside: what it
 * could read of the database before the kill was committed, what the log told was acknowledged, what the receiver took was sent.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { sayProgress } from '../figures.mjs';
import { createChance, openChaos, until, untilBack } from './world.mjs';

const SERVICES = 10;
const PAGES = 4;
const KINDS = /** @type {const} */ (['engine', 'postgres', 'both']);
const TABLES = ['observation', 'transition', 'incident', 'incident_entry', 'notification', 'audit'];
const COUNT_ALL = `select ${TABLES.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`;

/** @param {{ rounds: number, seed: number, minutes: number }} options no round begins after `minutes` */
export async function runKillRounds({ rounds, seed, minutes }) {
	const chance = createChance(seed);
	const world = await openChaos({ services: SERVICES, pages: PAGES });
	/** @type {{ round: number, kind: string, backMs: number }[]} */
	const rows = [];
	/** @type {string[]} */
	const lost = [];
	/** @type {Map<string, string>} by key: the state in which a notification was read */
	const seen = new Map();
	const beganAt = performance.now();
	try {
		let current = world.up();
		await untilBack(world, performance.now());
		for (let round = 0; round < rounds && performance.now() - beganAt < minutes * 60_000; round += 1) {
			const kind = KINDS[Math.floor(chance() * 3)] ?? 'both';
			// Two services break or mend each time, and a page of another.
			for (let flip = 0; flip < 2; flip += 1) toggleService(world.failing, Math.floor(chance() * SERVICES));
			toggle(world.failing, `/${Math.floor(chance() * SERVICES)}/${Math.floor(chance() * PAGES)}`);
			const instant = 200 + chance() * 1200;
			// The witness looks until shortly before: what it reads is committed.
			const [before] = await world.ask(COUNT_ALL);
			await wait(instant);
			const [known, told] = await Promise.all([
				world.ask(COUNT_ALL).then(
					([row]) => row,
					() => before,
				),
				world.ask('select channel, dedup_key, state from notification').catch(() => []),
			]);
			for (const { channel, dedup_key: key, state } of told) seen.set(`${channel} ${key}`, state);
			const since = performance.now();
			if (kind !== 'postgres') {
				current.child.kill('SIGKILL');
				await current.ended;
			}
			if (kind !== 'engine') await world.killPostgres();
			if (kind !== 'postgres') current = world.up();
			const backMs = await untilBack(world, since);
			rows.push({ round, kind, backMs });
			const [after] = await world.ask(COUNT_ALL);
			for (const table of TABLES)
				if (after[table] < known[table]) lost.push(`round ${round}: ${known[table] - after[table]} of ${table} after the kill of ${kind}`);
			if ((round + 1) % 10 === 0)
				sayProgress(
					`kill -9: ${round + 1} of ${rounds} rounds in ${Math.round((performance.now() - beganAt) / 1000)} s; ${after.observation} samples, ${after.transition} changes, ${after.incident} incidents, ${after.notification} notifications; back after ${(Math.max(...rows.map((row) => row.backMs)) / 1000).toFixed(1)} s at most; lost ${lost.length}`,
				);
		}
		return { ...(await settle(world, { lost, seen })), rows };
	} catch (error) {
		for (const { words } of world.all.slice(-3)) sayProgress(words());
		throw error;
	} finally {
		await world.close();
	}
}

/** @param {Set<string>} failing @param {number} service */
function toggleService(failing, service) {
	const paths = Array.from({ length: PAGES }, (_, page) => `/${service}/${page}`);
	const breaks = !failing.has(paths[0] ?? '');
	for (const path of paths) {
		if (breaks) failing.add(path);
		else failing.delete(path);
	}
}

/** @param {Set<string>} failing @param {string} path */
function toggle(failing, path) {
	if (!failing.delete(path)) failing.add(path);
}

/**
 * Everything breaks and mends once more, so that whatever was left half done has to come through; then rows, log and receiver are compared.
 * @param {import('./world.mjs').Chaos} world @param {{ lost: string[], seen: ReadonlyMap<string, string> }} witnessed
 */
async function settle(world, { lost, seen }) {
	for (let service = 0; service < SERVICES; service += 1)
		for (let page = 0; page < PAGES; page += 1) world.failing.add(`/${service}/${page}`);
	await until(async () => ((await world.ask("select 1 from monitor where state = 'fail'")).length === SERVICES * PAGES ? true : null), {
		withinMs: 60_000,
		what: 'all pages are known to fail',
	});
	await until(async () => ((await world.ask("select 1 from notification where state = 'waiting' limit 1")).length === 0 ? true : null), {
		withinMs: 180_000,
		what: 'all notifications are sent',
		everyMs: 500,
	});
	const events = world.all.flatMap((up) => up.events);
	const ids = new Set((await world.ask('select id::int from transition')).map(({ id }) => id));
	const changes = events.filter(({ event }) => event === 'incident.transition');
	for (const { transition } of changes) if (!ids.has(Number(transition))) lost.push(`change ${Number(transition)} was logged and is gone`);
	const rows = await world.ask('select channel, dedup_key, state from notification');
	const byKey = new Map(rows.map(({ channel, dedup_key: key, state }) => [`${channel} ${key}`, state]));
	for (const [key, state] of seen) if (!byKey.has(key)) lost.push(`notification ${key} (${state}) is gone`);
	const receiver = world.receivers.get('hook');
	const told = receiver?.told ?? [];
	/** @type {Map<string, number>} */
	const times = new Map();
	for (const { key } of told) times.set(key, (times.get(key) ?? 0) + 1);
	const sent = rows.filter(({ state }) => state === 'sent');
	for (const { dedup_key: key } of sent) if (!times.has(key)) lost.push(`${key} counts as sent and did not arrive`);
	const keys = new Set(rows.map(({ dedup_key: key }) => key));
	const strangers = [...times.keys()].filter((key) => !keys.has(key));
	for (const id of strangers) lost.push(`${id} arrived and no row knows of it`);
	// A cause that was merged into another's incident and fails again by itself later has an incident of its own: that is no doubling.
	const doubled = await world.ask(
		`select 'open twice: ' || cause_key as what from incident where state in ('open', 'acknowledged') group by service, cause_key having count(*) > 1
		union all select 'opened twice: ' || cause_key || ' (' || string_agg(id || ' ' || state, ', ' order by id) || ')' from incident where state <> 'merged' group by service, cause_key having count(*) > 1
		union all select 'told twice: ' || transition_id from notification where transition_id is not null group by channel, transition_id having count(*) > 1`,
	);
	const torn = await world.ask(
		`select 'change without incident: ' || id as what from transition where consequence = 'act' and effect is not null and incident_id is null
		union all select 'incident without its opening: ' || id from incident where not exists (select from incident_entry where incident_id = incident.id and kind = 'opened')
		union all select 'change without audit: ' || id from transition where not exists (select from audit where (detail->>'transition')::bigint = transition.id)
		union all select 'untold: ' || id from transition where acted_at is null and consequence <> 'none'`,
	);
	for (const { what } of torn) lost.push(what);
	const [counts] = await world.ask(COUNT_ALL);
	return {
		lost,
		doubled: doubled.map(({ what }) => what),
		logged: changes.length,
		counts,
		sent: sent.length,
		arrived: told.length,
		repeats: [...times.values()].reduce((sum, count) => sum + count - 1, 0),
	};
}
