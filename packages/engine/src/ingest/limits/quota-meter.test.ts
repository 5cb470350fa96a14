import { expect, it } from 'vitest';
import { createQuotaMeter } from './quota-meter.ts';

it('counts services and categories apart, by their own quota or the default', () => {
	const meter = createQuotaMeter();
	const quotas = { error: { perSecond: 1, burst: 1 } };
	const ask = (service: string, category: 'error' | 'session') => meter({ service, quotas, category, amount: 1, now: 0 });
	expect([ask('a', 'error'), ask('a', 'error'), ask('b', 'error'), ask('a', 'session'), ask('a', 'session')]).toEqual([0, 1_000, 0, 0, 0]);
});
