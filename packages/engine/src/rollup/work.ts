/**
 * Samples into minutes, minutes into hours, hours into days. Guarantee: computed from what is there, never added up, so that doing it twice,
 * late or by two engines gives the same; a sample that comes up to ten minutes late is in.
 */
import type { Database } from '../storage/open-database.ts';
import { coarsen, cut, floor, GRAIN_MS, type Grain, minutesDue, type Rollup, rollParts, type Span } from './decide.ts';
import { findNewest, readRollups, rollMinutes, writeRollups } from './queries.ts';

export interface RollupReport {
	/** Rows that are new or differ. */
	readonly minutes: number;
	readonly hours: number;
	readonly days: number;
}

export interface RollupOptions {
	/** Also what came late, and the hours and days: more work, and not needed each minute. */
	readonly thorough: boolean;
}

/** @returns null when another engine is at it */
export async function rollUp(database: Database, { thorough }: RollupOptions): Promise<RollupReport | null> {
	const now = await database.now();
	return await database.transaction(async (client) => {
		const { rows } = await client.query<{ mine: boolean }>(
			"select pg_try_advisory_xact_lock(hashtextextended('holdfast/rollup', 0)) as mine",
		);
		if (rows[0]?.mine !== true) return null;
		const span = minutesDue(await findNewest(client, 'm'), now, thorough);
		let minutes = 0;
		if (span !== null)
			for (const part of cut(span, GRAIN_MS.h)) minutes += await writeRollups(client, 'm', await rollMinutes(client, part));
		if (!thorough || span === null) return { minutes, hours: 0, days: 0 };
		// An hour that was begun before the last stop is finished from where it stands.
		const newestHour = await findNewest(client, 'h');
		const hours = await coarsenInto(
			client,
			'm',
			'h',
			coarsen({ from: Math.max(Math.min(span.from, newestHour ?? span.from), span.to - GRAIN_MS.d), to: span.to }, 'h'),
		);
		const newestDay = await findNewest(client, 'd');
		const fromDay = Math.max(Math.min(floor(span.from, 'h'), newestDay ?? span.from), span.to - 2 * GRAIN_MS.d);
		const days = await coarsenInto(client, 'h', 'd', coarsen({ from: fromDay, to: span.to }, 'd'));
		return { minutes, hours, days };
	});
}

async function coarsenInto(client: Parameters<typeof readRollups>[0], from: Grain, to: Grain, span: Span): Promise<number> {
	let written = 0;
	for (const part of cut(span, GRAIN_MS[to])) {
		const byMonitor = new Map<number, Rollup[]>();
		for (const rollup of await readRollups(client, from, part)) {
			const known = byMonitor.get(rollup.monitorId);
			if (known === undefined) byMonitor.set(rollup.monitorId, [rollup]);
			else known.push(rollup);
		}
		const rolled = [...byMonitor].map(([monitorId, parts]) => rollParts({ monitorId, at: part.from }, parts));
		written += await writeRollups(client, to, rolled);
	}
	return written;
}
