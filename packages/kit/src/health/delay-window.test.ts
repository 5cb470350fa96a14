import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { watchDelays } from './delay-window.ts';

it('measures how late the event loop comes, and forgets', async () => {
	const window = watchDelays();
	expect(window.p99()).toBeNull();
	await wait(60);
	const until = performance.now() + 150;
	while (performance.now() < until);
	await wait(60);
	expect(window.p99()).toBeGreaterThan(80);
	window.turn();
	window.turn();
	expect(window.p99()).toBeNull();
	window.stop();
});
