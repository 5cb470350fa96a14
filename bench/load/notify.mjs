/** From the answer that confirms a failure, as the server saw it, to the message in the channel's hands. */
import { setTimeout as wait } from 'node:timers/promises';
import { sayProgress } from '../figures.mjs';
import { openWorld } from './world.mjs';

const CONFIRM = 2;

/** @param {{ batches: number }} options */
export async function measureNotify({ batches }) {
	// Fifty checks a second, as 1,000 monitors every 20 s make, but each often enough to be confirmed soon.
	const world = await openWorld({ pages: 50, every: '1s' });
	/** @type {{ part: string, path: string, kind: string, ms: number }[]} */
	const rows = [];
	try {
		const engine = world.startEngine();
		await engine.ready;
		await wait(8000);
		for (let batch = 0; batch < batches; batch += 1) {
			// One at a time: pages that fail together are one incident, and more than five within two minutes are told as one.
			const path = `/${batch % 50}`;
			for (const kind of ['opened', 'resolved']) {
				world.target.answers.length = 0;
				const before = engine.told.length;
				// Ended, the server tells answers still: one path that nobody watches keeps it telling.
				world.target.fail(kind === 'opened' ? [path] : ['/nobody']);
				const giveUpAt = performance.now() + 20_000;
				while (engine.told.length < before + 1 && performance.now() < giveUpAt) await wait(50);
				for (const { message, at } of engine.told.slice(before)) {
					if (!String(message.title).includes(`path=${path})`)) continue;
					const status = kind === 'opened' ? 503 : 200;
					const confirming = world.target.answers.filter((answer) => answer.path === path && answer.status === status)[CONFIRM - 1];
					if (message.kind === kind && confirming !== undefined) rows.push({ part: 'notify', path, kind, ms: at - confirming.at });
				}
			}
			await world.query("update incident set opened_at = opened_at - interval '1 hour', resolved_at = resolved_at - interval '1 hour'");
			if (batch % 4 === 3) sayProgress(`notify: ${rows.length} of ${(batch + 1) * 2} told`);
		}
		return { rows, expected: batches * 2, told: engine.told };
	} finally {
		await world.close();
	}
}
