import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BeaconSetting, readBeacon } from './read-beacon.ts';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148';
const setting: BeaconSetting = { receivedAt: 5, userAgent: IPHONE, release: 'shop@1.4.0' };
const read = (body: unknown, rest: Partial<BeaconSetting> = {}) => readBeacon(Buffer.from(JSON.stringify(body)), { ...setting, ...rest });

it('reads what the kit sends', () => {
	const body = [
		{ metric: 'LCP', value: 2345.6, route: '/products/[slug]', device: 'desktop', attribution: 'main > img.hero' },
		{ metric: 'CLS', value: 0.12, route: '/orders/4711?token=x', attribution: 'https://shop.example/a.js?key=x' },
	];
	expect(read(body)).toEqual({
		ok: true,
		malformedCount: 0,
		samples: [
			{
				metric: 'LCP',
				value: 2345.6,
				route: '/products/[slug]',
				device: 'desktop',
				release: 'shop@1.4.0',
				cause: 'main > img.hero',
				at: 5,
			},
			{ metric: 'CLS', value: 0.12, route: '/orders/*', device: 'phone', release: 'shop@1.4.0', cause: 'https://shop.example/a.js', at: 5 },
		],
	});
});

it('takes the release that an entry names, and none where nobody does', () => {
	const entry = { metric: 'TTFB', value: 1, route: '/' };
	expect(read([{ ...entry, release: 'abc' }, entry], { release: null })).toMatchObject({
		samples: [{ release: 'abc' }, { release: null }],
	});
});

describe('leaves out, and counts', () => {
	const good = { metric: 'INP', value: 120, route: '/' };

	it.each([
		{ ...good, metric: 'FID' },
		{ ...good, value: -1 },
		{ ...good, value: 600_001 },
		{ ...good, metric: 'CLS', value: 101 },
		{ ...good, value: '120' },
		{ ...good, value: null },
		{ ...good, route: 'orders' },
		{ ...good, route: `/${'a/'.repeat(2_000)}` },
		null,
		7,
	])('%j', (entry) => {
		expect(read([good, entry])).toMatchObject({ ok: true, malformedCount: 1, samples: [{ metric: 'INP' }] });
	});
});

it.each([['{}'], ['[1,2]'], ['"x"'], ['['], [JSON.stringify(Array.from({ length: 51 }, () => ({ metric: 'LCP', value: 1, route: '/' })))]])(
	'refuses %.40s',
	(body) => {
		expect(readBeacon(Buffer.from(body), setting)).toMatchObject({ ok: false, detail: expect.stringMatching(/^expected .+, got /) });
	},
);

it('takes an empty beacon for what it is', () => {
	expect(read([])).toEqual({ ok: true, samples: [], malformedCount: 0 });
});

it('reads anything without throwing, and gives few routes for many paths', () => {
	fc.assert(fc.property(fc.jsonValue(), (value) => void read(value)));
	const routes = new Set<string>();
	for (let id = 100; id < 1_100; id += 1) {
		const beacon = read([{ metric: 'LCP', value: 1, route: `/orders/${id}/items` }]);
		if (beacon.ok) for (const { route } of beacon.samples) routes.add(route);
	}
	expect([...routes]).toEqual(['/orders/*/items']);
});
