/** From the answer that confirms a failure, as the server saw it, to the message in the channel's hands. */
import { setTimeout as wait } from 'node:timers/promises';
import { sayProgress } from '../figures.mjs';
import { openWorld } from './world.mjs';

/** More incidents than five within two minutes are told as one: batches stay below, and each is aged before the next. */
const BATCH = 5;
const CONFIRM = 2;

/** @param {{ batches: number }} options */
export async function measureNotify({ batches }) {
	// Fifty checks a second, as 1,000 monitors every 20 s make, but each often enough to be confirmed soon.
	const world = await openWorld({ pages: 100, every: '2s' });
	/** @type {{ part: string, path: string, kind: string, ms: number }[]} */
	const rows = [];
	try {
		const engine = world.startEngine();
		await engine.ready;
		await wait(8000);
		for (let batch = 0; batch < batches; batch += 1) {
			const paths = Array.from({ length: BATCH }, (_, index) => `/${batch * BATCH + index}`);
			for (const kind of ['opened', 'resolved']) {
				world.target.answers.length = 0;
				const before = engine.told.length;
				// Ended, the server tells answers still: one path that nobody watches keeps it telling.
				world.target.fail(kind === 'opened' ? paths : ['/nobody']);
				const giveUpAt = performance.now() + 20_000;
				while (engine.told.length < before + BATCH && performance.now() < giveUpAt) await wait(50);
				for (const { message, at } of engine.told.slice(before)) {
					const path = paths.find((candidate) => `${message.incident?.title} `.includes(`${candidate} `)) ?? '';
					const status = kind === 'opened' ? 503 : 200;
					const confirming = world.target.answers.filter((answer) => answer.path === path && answer.status === status)[CONFIRM - 1];
					if (message.kind === kind && confirming !== undefined) rows.push({ part: 'notify', path, kind, ms: at - confirming.at });
				}
			}
			await world.query("update incident set opened_at = opened_at - interval '1 hour', resolved_at = resolved_at - interval '1 hour'");
			sayProgress(`notify: ${rows.length} of ${(batch + 1) * BATCH * 2} told`);
		}
		return { rows, expected: batches * BATCH * 2, told: engine.told };
	} finally {
		await world.close();
	}
}
