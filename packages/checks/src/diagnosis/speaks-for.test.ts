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
		['V7', 'Environment variables not set correctly', 'env.required', 'env.missing', true],
		['V7', 'Environment variables not set correctly', 'env.secret', 'env.too-short', false],
		['V8', 'Session secret misconfigured', 'env.secret', 'env.too-short', true],
		['V9', 'Convex deployment down', 'convex.reachable', 'convex.server-error', true],
		['V9', 'Convex deployment down', 'convex.reachable', 'convex.network', false],
		['V10', 'Network issues', 'convex.reachable', 'convex.app-cannot-reach', true],
		['V10', 'Network issues', 'convex.reachable', 'convex.server-error', false],
		['V11', 'Convex deployment down', 'convex.state', 'state.paused', true],
		['V11', 'Convex deployment down', 'convex.state', 'state.over-limit', false],
		['V12', 'Rate limiting', 'convex.state', 'state.over-limit', true],
		['V12', 'Limits exceeded', 'convex.state', 'state.paused', false],
		['V13', 'Convex deployment down', 'convex.functions', 'functions.over-limit', false],
		['V14', 'Convex deployment down', 'convex.latency', 'latency.slow-query', false],
		['V17', 'Cookie issues', 'auth.session', 'session.no-cookie', true],
		['V17', 'Cookie issues', 'auth.session', 'session.lost', false],
		['V18', 'High CPU/memory usage', 'server.resources', 'resources.event-loop', true],
		['V18', 'High CPU/memory usage', 'server.resources', 'resources.disk', false],
		['V19', 'Out of memory, CPU or disk', 'server.resources', 'resources.disk', true],
		['V20', 'The server takes long to answer', 'http.latency', 'latency.slow.first-byte', true],
		['V20', 'The server takes long to answer', 'http.latency', 'latency.slow.body', false],
		['V21', 'Cookie issues', 'browser.console', 'browser.exception', false],
		['V21', 'Broken script', 'browser.console', 'browser.exception', true],
		['V22', 'A page throws', 'http.status', 'status.server-error', true],
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

	it('V15, V16: a name that nobody knows is a wrong address, at the deployment only', () => {
		const unknownName = (params: Record<string, string>) => observe('net.dns', { params, codes: ['net.name-not-found'] });
		expect(speaksFor('Network issues', unknownName({ target: 'convex' })).speaks).toBe(false);
		expect(speaksFor('Convex URL incorrect', unknownName({ target: 'convex' })).speaks).toBe(true);
		expect(speaksFor('Network issues', unknownName({ target: 'app' })).speaks).toBe(true);
	});

	it('V9, V10: a deployment where nothing listens is down, whatever the request says', () => {
		const reachable = observe('convex.reachable', { codes: ['convex.network'] });
		const root = observe('net.tcp', { codes: ['net.refused'] });
		expect(speaksFor('Convex deployment down', reachable, { root }).speaks).toBe(true);
		expect(speaksFor('Network issues', reachable, { root }).speaks).toBe(false);
	});

	it('V22: where the server as a whole fails a page says nothing about its code', () => {
		const status = observe('http.status', { codes: ['status.server-error'] });
		expect(speaksFor('A page throws', status, { failing: new Set(['http.health', 'http.status']) }).speaks).toBe(false);
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
