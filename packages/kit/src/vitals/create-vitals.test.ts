import { expect, it } from 'vitest';
import { createVitals } from '../vitals.ts';

const entry = { metric: 'LCP', value: 1200, route: '/products/[slug]' };
const beacon = (body: unknown, headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) =>
	new Request('https://shop.example/api/vitals', { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
const status = async (request: Request, vitals = createVitals()) => (await vitals.POST(request)).status;

it('takes a beacon and tells it', async () => {
	const vitals = createVitals();
	expect(await status(beacon([{ ...entry, device: 'phone', attribution: 'https://a.example/hero.jpg?token=abc' }]), vitals)).toBe(204);
	const [told] = vitals.report();
	expect(told).toMatchObject({ route: entry.route, device: 'phone', metric: 'LCP', count: 1, attribution: 'https://a.example/hero.jpg' });
	expect(Math.abs((told?.p75 ?? 0) / 1200 - 1)).toBeLessThan(0.05);
});

it.each([
	['no JSON', '{', 400],
	['no array', entry, 400],
	['another metric', [{ ...entry, metric: 'FID' }], 400],
	['a value that is none', [{ ...entry, value: -1 }], 400],
	['too many', Array(51).fill(entry), 400],
	['too much', [{ ...entry, attribution: 'x'.repeat(17_000) }], 413],
])('refuses %s', async (_, body, expected) => expect(await status(beacon(body))).toBe(expected));

it('takes nothing from other sites, nor from who names no origin', async () => {
	expect(await status(beacon([entry], { 'sec-fetch-site': 'cross-site' }))).toBe(403);
	expect(await status(beacon([entry], {}))).toBe(403);
	expect(await status(beacon([entry], { origin: 'https://evil.example' }))).toBe(403);
	expect(await status(beacon([entry], { origin: 'https://shop.example' }))).toBe(204);
	expect(await status(beacon([entry]), createVitals({ path: '/elsewhere' }))).toBe(404);
});

it('takes 600 in a minute, and then again', async () => {
	let time = 0;
	const vitals = createVitals({ now: () => time });
	for (let index = 0; index < 600; index++) await vitals.POST(beacon([]));
	expect(await status(beacon([]), vitals)).toBe(429);
	time = 60_000;
	expect(await status(beacon([]), vitals)).toBe(204);
});

it('forgets after an hour, and holds a bounded number of routes', async () => {
	let time = 0;
	const vitals = createVitals({ now: () => time, maxRoutes: 2 });
	await vitals.POST(beacon(['/a', '/b', '/c', '/d'].map((route) => ({ ...entry, route }))));
	expect(vitals.report().map(({ route, count }) => [route, count])).toEqual([
		['/*', 2],
		['/a', 1],
		['/b', 1],
	]);
	time = 3_600_000;
	expect(vitals.report()).toEqual([]);
});

it('puts a star for what names one thing', async () => {
	const vitals = createVitals();
	await vitals.POST(beacon([{ ...entry, route: '/orders/93847562?mail=a@b.c' }]));
	expect(vitals.report()[0]?.route).toBe('/orders/*');
});
