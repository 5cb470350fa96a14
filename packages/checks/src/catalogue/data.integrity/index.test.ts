import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck, silentVendors } from '../../fixtures/check-service.ts';
import { withFacts } from '../../fixtures/kit-service.ts';
import { Secret } from '../../secret.ts';
import type { ConvexInspection, ConvexTableInspection, VendorPorts } from '../../vendors.ts';
import { readRefs } from './judge-data.ts';

const now = Date.parse('2026-05-01T12:00:00Z');
const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
const service = makeService('http://127.0.0.1:9', {
	convexUrl: 'https://calm-otter-123.convex.cloud',
	convexAdminKey: new Secret('prod:calm-otter-123|fixture'),
});
const table = (name: string, count: number | null, more: Partial<ConvexTableInspection> = {}): ConvexTableInspection => ({
	table: name,
	count,
	looked: Math.min(count ?? 200, 200),
	invalid: [],
	references: [],
	...more,
});
function look(
	tables: readonly ConvexTableInspection[],
	counts: readonly (readonly [table: string, hoursAgo: number, count: number])[] = [],
	{ params = {}, more = {} }: { params?: Record<string, string>; more?: Partial<ConvexInspection> } = {},
) {
	const vendors: VendorPorts = {
		...silentVendors,
		convex: {
			...silentVendors.convex,
			readVersion: async () => ({ kind: 'answer', value: { version: '1', durationMs: 1 } }),
			inspectData: async () => ({ kind: 'answer', value: { tables, skipped: 0, schema: 'enforced', ...more } }),
		},
	};
	const history = withFacts(counts.map(([name, hours, count]) => ({ name: `count:data.${name}`, value: String(count), at: ago(hours) })));
	return runCheck('data.integrity', service, params, { vendors, history, now: () => now });
}

it('is well, says how much of how much it saw, and remembers counts', async () => {
	const observation = await look([
		table('orders', 5200, { references: [{ field: 'userId', to: 'users', looked: 50, dangling: 0, undecided: 3 }] }),
		table('users', 40),
	]);
	expect(observation).toMatchObject({
		state: 'ok',
		reason:
			'Nothing is amiss: looked at 240 of 5240 documents in 2 tables; followed 47 references, of 3 more it could not be told; counts are compared from the next look on',
		facts: [
			{ name: 'count:data.orders', value: '5200' },
			{ name: 'count:data.users', value: '40' },
		],
	});
	const other = await look([table('users', null)], [], { more: { skipped: 7, schema: 'none' } });
	expect(other.reason).toContain('of an unknown number of documents in 1 table, 7 more were not looked at');
	expect(other.reason).toContain('no schema to compare with');
	expect(other.facts).toEqual([]);
});

it('warns when half of a table is gone, fails when nearly all is, and goes on saying so for a day', async () => {
	expect(await look([table('orders', 90)], [['orders', 30, 200]])).toMatchObject({
		state: 'warn',
		findings: [{ code: 'data.shrunk', at: 'orders', message: expect.stringContaining('55 % are gone') }],
	});
	expect(
		(
			await look(
				[table('orders', 0)],
				[
					['orders', 30, 200],
					['orders', 20, 0],
				],
			)
		).state,
	).toBe('fail');
	expect(
		(
			await look(
				[table('orders', 0)],
				[
					['orders', 90, 200],
					['orders', 30, 0],
				],
			)
		).state,
	).toBe('ok');
	expect((await look([table('orders', 150)], [['orders', 30, 200]])).state).toBe('ok');
	expect((await look([table('orders', 1)], [['orders', 30, 19]])).state).toBe('ok');
	expect((await look([table('sessions', 0)], [['sessions', 30, 200]], { params: { ignore: 'sessions' } })).state).toBe('ok');
});

it('warns of documents that do not fit and of references that lead nowhere', async () => {
	const observation = await look([
		table('orders', 100, {
			invalid: [{ field: 'price', expected: 'a number', documents: 2 }],
			references: [{ field: 'userId', to: 'users', looked: 50, dangling: 4, undecided: 0 }],
		}),
	]);
	expect(observation.state).toBe('warn');
	expect(codesOf(observation)).toEqual(['data.invalid', 'data.dangling']);
	expect(observation.findings[1]?.message).toBe('4 of 50 documents of users that orders.userId refers to do not exist');
	const all = await look([
		table('orders', 100, { references: [{ field: 'userId', to: 'users', looked: 50, dangling: 50, undecided: 0 }] }),
	]);
	expect(all.state).toBe('fail');
});

it('does not know without a key, an answer or a table; refs are read', async () => {
	expect((await runCheck('data.integrity', makeService('http://127.0.0.1:9'))).state).toBe('unknown');
	expect((await runCheck('data.integrity', service, {}, { vendors: silentVendors })).state).toBe('unknown');
	expect((await look([])).state).toBe('unknown');
	expect(readRefs('orders.userId:users, a.b[].c:d')).toEqual([
		{ table: 'orders', field: 'userId', to: 'users' },
		{ table: 'a', field: 'b[].c', to: 'd' },
	]);
	expect(readRefs('orders->users')).toBeNull();
});
