import { describe, expect, it } from 'vitest';
import { watchCpu } from './cpu-watch.ts';

function manual(load: readonly number[] = [0.5, 0.25, 0.125]) {
	let now = 0;
	let user = 5_000_000;
	return {
		source: { now: () => now, used: () => ({ user, system: 1_000_000 }), load: () => load },
		pass: (ms: number, busyMs: number) => {
			now += ms;
			user += busyMs * 1000;
		},
	};
}

describe('watchCpu', () => {
	it('gives the share of one core since the last reading', () => {
		const clock = manual();
		const watch = watchCpu(clock.source);
		clock.pass(10_000, 2500);
		expect(watch.read()).toMatchObject({ shareOfOneCore: 0.25, windowMs: 10_000, load: [0.5, 0.25, 0.125] });
		clock.pass(1000, 1500);
		expect(watch.read()).toMatchObject({ shareOfOneCore: 1.5, windowMs: 1000 });
	});

	it('keeps the last share when it is asked again at once, and loses no time over it', () => {
		const clock = manual();
		const watch = watchCpu(clock.source);
		expect(watch.read()).toMatchObject({ shareOfOneCore: null, windowMs: null });
		clock.pass(1000, 500);
		watch.read();
		clock.pass(50, 50);
		expect(watch.read()).toMatchObject({ shareOfOneCore: 0.5, windowMs: 1000 });
		clock.pass(50, 0);
		expect(watch.read()).toMatchObject({ shareOfOneCore: 0.5, windowMs: 100 });
	});

	it('says that there is no load where the system has none', () => {
		expect(watchCpu(manual([0, 0, 0]).source).read().load).toBeNull();
	});

	it('measures this process', () => {
		const watch = watchCpu();
		const until = performance.now() + 200;
		while (performance.now() < until);
		expect(watch.read().shareOfOneCore).toBeGreaterThan(0.2);
	});
});
