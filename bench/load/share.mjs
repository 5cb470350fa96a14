/** Two engines on one database: how evenly they share, and how soon one takes over what the other held when it was killed. */
import { setTimeout as wait } from 'node:timers/promises';
import { sayProgress } from '../figures.mjs';
import { openWorld } from './world.mjs';

/** @param {{ pages: number, every: string, measureMs: number }} options */
export async function measureShare({ pages, every, measureMs }) {
	const world = await openWorld({ pages, every });
	try {
		const one = world.startEngine();
		await one.ready;
		const other = world.startEngine();
		await other.ready;
		await wait(15_000);
		const from = await Promise.all([one.stats(), other.stats()]);
		await wait(measureMs);
		const to = await Promise.all([one.stats(), other.stats()]);
		const [first, second] = to.map((stats, index) => stats.checks - (from[index]?.checks ?? 0));
		const total = (first ?? 0) + (second ?? 0);
		const offPct = (Math.abs((first ?? 0) - (second ?? 0)) / total) * 100;
		sayProgress(`share: ${first} and ${second} checks, each ${(offPct / 2).toFixed(1)} % off half`);
		// Not the one that began the database: who is killed leaves it running either way.
		const killedAt = performance.now();
		other.child.kill('SIGKILL');
		await other.ended;
		const id = to[1]?.id;
		const [{ count: held }] = await world.query('select count(*)::int as count from monitor where claimed_by = $1', [id]);
		for (;;) {
			const [{ count }] = await world.query('select count(*)::int as count from monitor where claimed_by = $1', [id]);
			if (count === 0) break;
			if (performance.now() - killedAt > 60_000) throw new Error(`${count} monitors are still held by an engine that was killed`);
			await wait(50);
		}
		const takeoverMs = performance.now() - killedAt;
		const twice = await world.query('select monitor_id, at from observation group by 1, 2 having count(*) > 1');
		sayProgress(`share: ${held} monitors that it held are taken over after ${(takeoverMs / 1000).toFixed(1)} s; ${twice.length} samples twice`);
		return { part: 'share', first, second, offPct, offHalfPct: offPct / 2, held, takeoverMs, twice: twice.length };
	} finally {
		await world.close();
	}
}
