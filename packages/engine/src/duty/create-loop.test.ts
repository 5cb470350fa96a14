import { expect, it, vi } from 'vitest';
import type { LogEvent } from '../log.ts';
import { startLoop } from './create-loop.ts';

function start(work: () => Promise<boolean>, more: { everyMs?: number; timeoutMs?: number } = {}) {
	const events: LogEvent[] = [];
	const loop = startLoop({
		name: 'duty',
		everyMs: 5,
		spread: 0,
		timeoutMs: 1000,
		work,
		log: (event) => events.push(event),
		elapsed: () => performance.now(),
		...more,
	});
	return { events, loop };
}

it('goes on after an error, tells the same one once, and tells when it is over', async () => {
	let turns = 0;
	const { events, loop } = start(async () => {
		turns += 1;
		if (turns <= 5) throw new Error('no connection');
		return false;
	});
	await vi.waitFor(() => expect(events.map(({ event }) => event)).toContain('duty.recovered'));
	await loop.stop();
	expect(events).toMatchObject([
		{ event: 'duty.failed', duty: 'duty', reason: 'no connection' },
		{ event: 'duty.recovered', failures: 5 },
	]);
	expect(loop.failures()).toBe(5);
});

it('what hangs is reported at its time, and begun anew', async () => {
	let turns = 0;
	const { events, loop } = start(
		() => {
			turns += 1;
			return turns === 1 ? new Promise(() => undefined) : Promise.resolve(false);
		},
		{ timeoutMs: 20 },
	);
	await vi.waitFor(() => expect(turns).toBeGreaterThan(1));
	await loop.stop();
	expect(events[0]).toMatchObject({ reason: 'did not end within 0.02 s' });
});

it('begins at once when there is more or when it is kicked, and never after it was stopped', async () => {
	let turns = 0;
	const { loop } = start(
		async () => {
			turns += 1;
			return turns < 3;
		},
		{ everyMs: 60_000 },
	);
	await vi.waitFor(() => expect(turns).toBe(3));
	loop.kick();
	await vi.waitFor(() => expect(turns).toBe(4));
	await loop.stop();
	loop.kick();
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(turns).toBe(4);
});
