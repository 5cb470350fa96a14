import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck, silentVendors } from '../../fixtures/check-service.ts';
import { Secret } from '../../secret.ts';
import type { ConvexAuditEvent, SecurityEvent, VendorPorts } from '../../vendors.ts';

const now = Date.parse('2026-05-01T12:00:00Z');
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const service = makeService('http://127.0.0.1:9', { logFile: '/srv/shop.log' });
const withConvex = makeService('http://127.0.0.1:9', {
	logFile: '/srv/shop.log',
	convexUrl: 'https://calm-otter-123.convex.cloud',
	convexAdminKey: new Secret('prod:calm-otter-123|fixture'),
});

const event = (kind: SecurityEvent['kind'], minutes: number, more: Partial<SecurityEvent> = {}): SecurityEvent => ({
	at: ago(minutes),
	kind,
	name: kind,
	account: null,
	address: null,
	count: 1,
	...more,
});
const failures = (count: number, more: Partial<SecurityEvent> = {}) =>
	Array.from({ length: count }, () => event('sign-in-failed', 5, more));
const account = (mark: string) => ({ account: { mark, shown: null } });

function vendorsWith(events: readonly SecurityEvent[], changes: readonly ConvexAuditEvent[] | null = null): VendorPorts {
	return {
		...silentVendors,
		serverFiles: {
			...silentVendors.serverFiles,
			readSecurityLog: async () => ({ kind: 'answer', value: { events, lines: events.length + 3, since: ago(600), cut: false } }),
		},
		convex: {
			...silentVendors.convex,
			...(changes === null ? {} : { readAuditLog: async () => ({ kind: 'answer' as const, value: { events: changes, complete: true } }) }),
		},
	};
}
const look = (events: readonly SecurityEvent[], params = {}) =>
	runCheck('security.log', service, params, { vendors: vendorsWith(events), now: () => now });

it('is well with a few mistakes, counts the window only, and says which sources were there', async () => {
	const observation = await look([...failures(3), event('sign-in-failed', 300), event('signed-in', 2)]);
	expect(observation).toMatchObject({
		state: 'ok',
		findings: [],
		measurements: [{ name: 'failed sign-ins', value: 3, unit: 'count' }, { value: 1 }, { value: 0 }],
	});
	expect(observation.reason).toMatch(/^3 failed and 1 successful sign-ins in the last 60 min \(from the log; no Convex audit log: /);
});

it('warns of many failures and fails for very many', async () => {
	expect(await look(failures(20))).toMatchObject({ state: 'warn', findings: [{ code: 'security.failed-sign-ins' }] });
	expect((await look([event('sign-in-failed', 1, { count: 100 })])).state).toBe('fail');
	expect((await look(failures(20), { warn: 50 })).state).toBe('ok');
});

it('sees bursts to one account and from one address, and an account that was entered after one', async () => {
	expect(codesOf(await look(failures(10, account('aa11bb22'))))).toEqual(['security.account-burst']);
	const address = { address: { mark: 'cc33dd44', shown: '203.0.113.0/24' } };
	const spread = Array.from({ length: 20 }, (_, index) => event('sign-in-failed', 5, { ...account(`m${index}`), ...address }));
	const sprayed = await look(spread);
	expect(codesOf(sprayed)).toEqual(['security.failed-sign-ins', 'security.address-burst']);
	expect(sprayed.findings[1]?.message).toContain('from one address (203.0.113.0/24) failed in the last 60 min, to 20 accounts');
	const guessed = await look([...failures(12, account('aa11bb22')), event('signed-in', 1, account('aa11bb22'))]);
	expect(guessed).toMatchObject({ state: 'fail', findings: [{ code: 'security.guessed' }] });
	expect((await look([event('signed-in', 9, account('aa11bb22')), ...failures(12, account('aa11bb22'))])).state).toBe('warn');
});

it('notes lockouts, actions of administrators and changes on the deployment; many lockouts warn', async () => {
	expect(await look([event('lockout', 1), event('admin', 1, { name: 'role.granted' })])).toMatchObject({
		state: 'ok',
		findings: [
			{ severity: 'info', code: 'security.lockouts' },
			{ severity: 'info', message: expect.stringContaining('role.granted') },
		],
	});
	expect((await look([event('lockout', 1, { count: 6 })])).state).toBe('warn');
	const change = (action: string) => ({ at: ago(1), action, actor: 'member' });
	const quiet = vendorsWith([event('signed-in', 1)], [change('push_config_with_components'), change('update_environment_variable')]);
	const noted = await runCheck('security.log', withConvex, {}, { vendors: quiet, now: () => now });
	expect(noted).toMatchObject({ state: 'ok', reason: expect.stringContaining('from Convex’s audit log') });
	expect(noted.findings[0]?.message).toBe('One change on the Convex deployment in the last 60 min: update_environment_variable');
	const many = vendorsWith(
		[],
		Array.from({ length: 20 }, () => change('delete_environment_variable')),
	);
	expect((await runCheck('security.log', withConvex, {}, { vendors: many, now: () => now })).state).toBe('warn');
});

it('does not take a log that never speaks of sign-ins for quiet', async () => {
	expect(await look([])).toMatchObject({
		state: 'unknown',
		reason: expect.stringContaining('not known whether the application writes them'),
	});
	expect(await look(failures(50, { at: null }))).toMatchObject({ state: 'unknown', reason: expect.stringContaining('do not say when') });
	expect((await runCheck('security.log', makeService('http://127.0.0.1:9'))).state).toBe('unknown');
	const audit = await runCheck('security.log', withConvex, {}, { vendors: vendorsWith([], []), now: () => now });
	expect(audit).toMatchObject({ state: 'ok', reason: expect.stringContaining('the log has no line about a sign-in') });
});
