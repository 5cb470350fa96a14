import { afterEach, beforeEach, expect, it, vi } from 'vitest';

type Take = (metric: unknown) => void;
const takers: Record<string, Take> = {};
vi.mock('web-vitals/attribution', () =>
	Object.fromEntries(['onCLS', 'onFCP', 'onINP', 'onLCP', 'onTTFB'].map((name) => [name, (take: Take) => (takers[name] = take)])),
);
const { startVitals } = await import('../vitals-client.ts');

const beacons: { url: string; body: Promise<unknown> }[] = [];
const page = new EventTarget() as EventTarget & { visibilityState: string };
let takes = true;

beforeEach(() => {
	page.visibilityState = 'hidden';
	vi.stubGlobal('document', page);
	vi.stubGlobal('window', new EventTarget());
	vi.stubGlobal('screen', { width: 390, height: 844 });
	vi.stubGlobal('matchMedia', () => ({ matches: false }));
	vi.stubGlobal('navigator', {
		sendBeacon: (url: string, body: Blob) => {
			if (takes) beacons.push({ url, body: body.text().then(JSON.parse) });
			return takes;
		},
	});
});
afterEach(() => vi.unstubAllGlobals());

it('sends each value once, when the page is hidden, and tries again when the browser refused', async () => {
	startVitals({ url: '/api/vitals', route: () => '/products/[slug]' });
	takers.onLCP?.({ name: 'LCP', id: 'v-1', value: 1234, attribution: { target: 'main>img' } });
	takers.onLCP?.({ name: 'LCP', id: 'v-1', value: 1500, attribution: { url: 'https://a.example/x.jpg?t=1' } });
	takers.onTTFB?.({ name: 'TTFB', id: 'v-2', value: 80, attribution: { waitingDuration: 2, requestDuration: 70 } });
	page.visibilityState = 'visible';
	page.dispatchEvent(new Event('visibilitychange'));
	expect(beacons).toEqual([]);
	page.visibilityState = 'hidden';
	takes = false;
	page.dispatchEvent(new Event('visibilitychange'));
	takes = true;
	page.dispatchEvent(new Event('visibilitychange'));
	page.dispatchEvent(new Event('visibilitychange'));
	expect(beacons).toHaveLength(1);
	expect(beacons[0]?.url).toBe('/api/vitals');
	expect(await beacons[0]?.body).toMatchObject([
		{ metric: 'LCP', value: 1500, route: '/products/[slug]', device: 'phone', attribution: 'https://a.example/x.jpg' },
		{ metric: 'TTFB', value: 80, attribution: 'request' },
	]);
});

it('never throws', () => {
	expect(() => takers.onINP?.(null)).not.toThrow();
	vi.stubGlobal('document', undefined);
	expect(() => startVitals({ url: '/', route: '/' })).not.toThrow();
});
