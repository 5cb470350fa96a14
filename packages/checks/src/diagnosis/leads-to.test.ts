import { describe, expect, it } from 'vitest';
import { observe } from './fixtures/build-observation.ts';
import { leadsTo } from './leads-to.ts';

describe('leadsTo (G8 to G10)', () => {
	const status = observe('http.status', { codes: ['status.server-error'], subject: 'https://shop.example/' });
	it('what a deeper failure explains leads to it, and not the other way round', () => {
		const page = observe('http.page', { codes: ['page.server-error'], subject: 'https://shop.example/' });
		expect(leadsTo(page, status)).toBe(true);
		expect(leadsTo(status, page)).toBe(false);
	});

	it('the same fault at another path is one, another fault is not', () => {
		const other = observe('http.status', {
			codes: ['status.server-error'],
			params: { path: '/b' },
			subject: 'https://shop.example/b',
		});
		expect([status, other].filter((one) => leadsTo(one, status)).length).toBe(2);
		expect(leadsTo(observe('env.secret', { codes: ['secret.short'] }), status)).toBe(false);
	});
});
