import { describe, expect, it } from 'vitest';
import { explanations, findExplanation, listExplaining } from './explanations.ts';
import { observe } from './fixtures/build-observation.ts';
import { measureDepth } from './layers.ts';

describe('explanations (G9)', () => {
	for (const row of explanations) {
		it(`${row.id}: ${listExplaining(row).join(', ')} lies deeper than what it explains, so nothing explains itself`, () => {
			// A redirect check that got no answer counts as one of the server.
			const waits = (id: string) => id === 'http.redirects' && row.ofCodes?.test('net.timeout.first-byte') === true;
			for (const id of listExplaining(row)) {
				for (const explained of row.of.filter((one) => !waits(one))) {
					expect(measureDepth(id), `${id} of ${explained}`).toBeLessThan(measureDepth(explained));
				}
			}
		});
	}

	it('has a reason and an id of its own in every row', () => {
		expect(new Set(explanations.map((row) => row.id)).size).toBe(explanations.length);
		for (const row of explanations) expect(row.why).toMatch(/^[A-Z].*\.$/);
	});

	it('does not reach over to another host', () => {
		const dns = observe('net.dns', { codes: ['dns.missing'], subject: 'happy-animal-123.convex.cloud' });
		expect(findExplanation(dns, observe('http.page', { codes: ['page.blank'] }))).toBeNull();
		expect(findExplanation(dns, observe('convex.reachable', { codes: ['x'], subject: 'https://happy-animal-123.convex.cloud' }))?.id).toBe(
			'W1',
		);
	});

	it('explains a page by the status of the same path only (W9)', () => {
		const status = observe('http.status', { codes: ['status.5xx'], subject: 'https://shop.example/orders' });
		expect(findExplanation(status, observe('http.page', { codes: ['page.status'], subject: 'https://shop.example/' }))).toBeNull();
		expect(findExplanation(status, observe('http.page', { codes: ['page.status'], subject: 'https://shop.example/orders?x=1' }))?.id).toBe(
			'W9',
		);
	});

	it('leaves a page that is not found to itself while Convex is down (W8)', () => {
		const convex = observe('convex.reachable', { codes: ['convex.no-answer'] });
		expect(findExplanation(convex, observe('http.status', { codes: ['status.client-error'] }))).toBeNull();
		expect(findExplanation(convex, observe('http.status', { codes: ['status.server-error'] }))?.id).toBe('W8');
	});

	it('takes only redirects without end for a closed door (W5)', () => {
		const page = observe('http.page', { codes: ['page.blank'] });
		expect(findExplanation(observe('http.redirects', { codes: ['redirect.off-host'] }), page)).toBeNull();
		expect(findExplanation(observe('http.redirects', { codes: ['redirect.too-many'] }), page)?.id).toBe('W5');
	});
});
