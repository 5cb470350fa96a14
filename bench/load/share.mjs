/** Two engines on one database: how evenly they share, and how soon one takes over from the other when that is killed. */
import { setTimeout as wait } from 'node:timers/promises';
import { sayProgress } from '../figures.mjs';
import { openWorld } from './world.mjs';

const FAILING = ['/1', '/2', '/3', '/4'];

export async function measureShare() {
	const world = await openWorld({ pages: 500, every: '5s' });
	try {
		const one = world.startEngine();
		await one.ready;
		const two = world.startEngine();
		await two.ready;
		await wait(10_000);
		const before = await Promise.all([one.stats(), two.stats()]);
		await wait(30_000);
		const after = await Promise.all([one.stats(), two.stats()]);
		const done = after.map(({ checks }, index) => checks - (before[index]?.checks ?? 0));
		const apart = Math.abs((done[0] ?? 0) - (done[1] ?? 0)) / ((done[0] ?? 0) + (done[1] ?? 0));
		sayProgress(`share: ${done.join(' and ')} checks, ${(apart * 100).toFixed(1)} % apart`);
		// A change is under way when the first engine dies: confirmed by nobody, or told by nobody yet.
		world.target.fail(FAILING);
		await wait(6000);
		const id = before[0]?.id;
		const [{ held }] = await world.query('select count(*)::int as held from monitor where claimed_by = $1', [id]);
		one.child.kill('SIGKILL');
		const killedAt = performance.now();
		let takenOverMs = Number.NaN;
		for (;;) {
			const [{ left }] = await world.query('select count(*)::int as left from monitor where claimed_by = $1', [id]);
			takenOverMs = performance.now() - killedAt;
			if (left === 0 || takenOverMs > 60_000) break;
			await wait(50);
		}
		await wait(15_000);
		const told = [...one.told, ...two.told].filter(({ message }) => message.kind === 'opened');
		const keys = new Set(told.map(({ message }) => message.key));
		const incidents = await world.query('select id from incident');
		const waiting = await world.query("select id from notification where state = 'waiting'");
		const row = {
			part: 'share',
			checks: done,
			apartPercent: apart * 100,
			heldWhenKilled: held,
			takenOverS: takenOverMs / 1000,
			incidents: incidents.length,
			told: told.length,
			keys: keys.size,
			// Pages that fail for one cause may be one incident: each has one message, and none waits.
			lost: Math.max(0, incidents.length - keys.size) + waiting.length + (incidents.length === 0 ? 1 : 0),
			doubled: Math.max(0, keys.size - incidents.length),
		};
		sayProgress(`share: ${held} held by the killed one were taken over after ${row.takenOverS.toFixed(1)} s; ${JSON.stringify(row)}`);
		return row;
	} finally {
		await world.close();
	}
}
