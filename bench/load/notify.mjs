/** From the failing answer that confirms an outage to the message in the channel's hands, while hundreds of others are watched. */
import { setTimeout as wait } from 'node:timers/promises';
import { sayProgress } from '../figures.mjs';
import { findShare } from './pace.mjs';
import { openWorld } from './world.mjs';

const CONFIRM = 2;
/** Fewer than a storm at once, which would be told in one message and later. */
const AT_ONCE = 4;

/** @param {{ pages: number, services: number }} size */
export async function measureNotify({ pages, services }) {
	const world = await openWorld({ pages, every: '20s', shops: services });
	try {
		const engine = world.startEngine();
		await engine.ready;
		for (let look = 0; look < 120; look += 1) {
			const [{ count }] = await world.query("select count(*)::int as count from monitor where state = 'ok'");
			if (count === pages + services) break;
			await wait(500);
		}
		/** @type {number[]} */
		const afterMs = [];
		let untold = 0;
		for (let first = 0; first < services; first += AT_ONCE) {
			const paths = Array.from({ length: Math.min(AT_ONCE, services - first) }, (_, index) => `/shop/${first + index}`);
			// The incidents of before are no storm: they lie back.
			await world.query("update incident set opened_at = opened_at - interval '1 hour', resolved_at = resolved_at - interval '1 hour'");
			world.target.answers.length = 0;
			const from = engine.told.length;
			world.target.fail(paths);
			const find = (/** @type {string} */ path) =>
				engine.told.slice(from).find(({ message }) => message.kind === 'opened' && message.service === `shop-${path.split('/').at(-1)}`);
			for (let look = 0; look < 300 && !paths.every(find); look += 1) await wait(100);
			for (const path of paths) {
				const confirmed = world.target.answers.filter((answer) => answer.path === path && answer.status === 503)[CONFIRM - 1];
				const told = find(path);
				if (confirmed === undefined || told === undefined) untold += 1;
				else afterMs.push(told.at - confirmed.at);
			}
			sayProgress(`notify: ${afterMs.length} told, p50 ${findShare(afterMs, 0.5)} ms, p95 ${findShare(afterMs, 0.95)} ms after the answer that confirmed it`);
		}
		return { part: 'notify', afterMs, untold, p50Ms: findShare(afterMs, 0.5), p95Ms: findShare(afterMs, 0.95) };
	} finally {
		await world.close();
	}
}
