import { describe, expect, it } from 'vitest';
import { runCheck } from '../../fixtures/check-service.ts';
import { makeConvexService, silence, withConvex } from '../../fixtures/convex-service.ts';
import { Secret } from '../../secret.ts';
import { judgeDocument } from './index.ts';

const synthetic = { user: 'probe@shop.example', password: new Secret('fixture-password-01'), path: '/sign-in' };

describe('the account', () => {
	it.each([
		[{ found: true, looked: 3, complete: true }, 'ok', undefined],
		[{ found: true, looked: 3, complete: true, disabled: true }, 'fail', 'users.disabled'],
		[{ found: false, looked: 3, complete: true }, 'fail', 'users.missing'],
		[{ found: false, looked: 0, complete: true }, 'fail', 'users.missing'],
		[{ found: false, looked: 5000, complete: false }, 'unknown', undefined],
	])('%j is %s', (value, state, code) => {
		const outcome = judgeDocument(value, 'users', 'email');
		expect([outcome.state, outcome.findings?.[0]?.code]).toEqual([state, code]);
	});
});

it('is looked for where the configuration says, and its address is not shown', async () => {
	const asked: unknown[] = [];
	const port = withConvex({
		findDocument: async (_target, where) => {
			asked.push(where);
			return { kind: 'answer', value: { found: false, looked: 2, complete: true } };
		},
	});
	const service = makeConvexService({ synthetic, convexUsers: { table: 'members', field: 'mail' } });
	const observation = await runCheck('convex.users', service, {}, port);
	expect(asked).toEqual([{ table: 'members', field: 'mail', value: 'probe@shop.example' }]);
	expect(observation.reason).toBe('The synthetic account is not in table members (field mail, 2 documents looked at)');
	expect(JSON.stringify(observation)).not.toContain('probe@shop');
});

it('is unknown without an account, a table or the right to look', async () => {
	expect(await runCheck('convex.users', makeConvexService(), {}, withConvex())).toMatchObject({
		state: 'unknown',
		enable: expect.stringContaining('synthetic'),
	});
	const none = await runCheck('convex.users', makeConvexService({ synthetic }), {}, withConvex({ findDocument: silence('not-found') }));
	expect(none).toMatchObject({ state: 'unknown', enable: expect.stringContaining('users: {table') });
	const scoped = await runCheck('convex.users', makeConvexService({ synthetic }), {}, withConvex({ findDocument: silence('forbidden') }));
	expect(scoped).toMatchObject({ state: 'unknown', enable: expect.stringContaining('deployment:data:view') });
});
