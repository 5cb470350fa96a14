import { describe, expect, it } from 'vitest';
import { observe } from './fixtures/build-observation.ts';
import { readings } from './readings.ts';
import { speaksFor } from './speaks-for.ts';

describe('speaksFor (G12)', () => {
	it.each([
		['V1', 'Network issues', 'net.tcp', 'net.timeout.connect', true],
		['V1', 'Network issues', 'net.tcp', 'net.refused', false],
		['V1', 'The server process is gone', 'net.tcp', 'net.refused', true],
		['V2', 'Network trouble', 'http.latency', 'latency.slow.dns', true],
		['V2', 'Network trouble', 'http.latency', 'latency.slow.first-byte', false],
		['V3', 'Redirect loops', 'http.redirects', 'redirect.loop', true],
		['V3', 'Redirect loops', 'http.redirects', 'redirect.downgrade', false],
		['V4', '500 Internal Server Error', 'http.status', 'status.server-error', true],
		['V4', '500 Internal Server Error', 'http.status', 'status.client-error', false],
		['V5', 'Timeout errors', 'http.latency', 'latency.hang.first-byte', true],
		['V5', 'Timeout errors', 'http.latency', 'latency.slow.body', false],
		['V2', 'The network is slow', 'http.latency', 'latency.hang.first-byte', false],
		['V2', 'The network is slow', 'http.latency', 'latency.hang.connect', true],
		['V6', 'Slow page loads', 'http.latency', 'latency.slow.body', true],
	])('%s: “%s” and %s %s → %s', (_rule, text, check, code, speaks) => {
		expect(speaksFor(text, observe(check, { codes: [code] })).speaks).toBe(speaks);
	});

	it.each([
		['A proxy and the application disagree about https', 'http.redirects', 'net.timeout.first-byte', false],
		['A proxy and the application disagree about https', 'http.redirects', 'redirect.refused-target', false],
		['A proxy and the application disagree about https', 'http.redirects', 'redirect.scheme-loop', true],
		['Cookies are lost', 'http.cookies', 'net.refused', false],
		['The page is blank', 'http.page', 'net.timeout.first-byte', true],
	])('G22: “%s” and %s %s → %s', (text, check, code, speaks) => {
		expect(speaksFor(text, observe(check, { codes: [code] })).speaks).toBe(speaks);
	});

	it('says what the failure means instead', () => {
		const speaking = speaksFor('Network issues', observe('net.tcp', { codes: ['net.refused'] }));
		expect(speaking).toEqual({ speaks: false, because: expect.stringMatching(/^net\.refused at net\.tcp: a refused connection means/) });
	});

	it('takes a failure without codes as it is', () => {
		expect(speaksFor('Network issues', observe('net.tcp', { state: 'fail' })).speaks).toBe(true);
	});

	it('numbers its rows', () => {
		expect(readings.map((reading) => reading.id)).toEqual(readings.map((_, index) => `V${index + 1}`));
	});
});
