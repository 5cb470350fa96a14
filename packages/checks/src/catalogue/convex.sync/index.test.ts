import { describe, expect, it } from 'vitest';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { answer, makeConvexService, silence, withConvex } from '../../fixtures/convex-service.ts';
import type { ConvexSync } from '../../vendors.ts';
import { judgeSync } from './judge-sync.ts';

const well: ConvexSync = { openMs: 5, firstTransitionMs: 12, query: 'result', message: null };

describe('a subscription', () => {
	it.each<[Partial<ConvexSync>, string | null, readonly string[]]>([
		[{}, 'health:ping', []],
		[{ query: 'error', message: 'no such' }, null, []],
		[{ query: 'error', message: 'threw' }, 'health:ping', ['sync.error']],
		[{ firstTransitionMs: null, query: 'none' }, null, ['sync.no-transition']],
		[{ firstTransitionMs: 5000 }, 'health:ping', ['sync.slow']],
	])('%j to %s', (more, query, codes) => {
		expect(judgeSync({ ...well, ...more }, query, 3000).map(({ code }) => code)).toEqual(codes);
	});
});

it('subscribes to a query that is known to exist, else to none', async () => {
	const asked: (string | null)[] = [];
	const probeSync = async (_target: unknown, query: string | null) => {
		asked.push(query);
		return { kind: 'answer' as const, value: well };
	};
	expect(await runCheck('convex.sync', makeConvexService(), {}, withConvex({ probeSync }))).toMatchObject({ state: 'ok' });
	await runCheck('convex.sync', makeConvexService(), {}, withConvex({ probeSync, listFunctions: answer([]) }));
	expect(asked).toEqual(['health:ping', null]);
});

it.each([
	['network', 'fail', ['sync.no-open']],
	['timeout', 'fail', ['sync.no-open']],
	['bad-response', 'fail', ['sync.no-open']],
	['tls', 'unknown', []],
	['forbidden', 'fail', ['sync.no-open']],
	['rate-limited', 'unknown', []],
] as const)('a WebSocket that does not open by %s is %s', async (code, state, codes) => {
	const observation = await runCheck('convex.sync', makeConvexService(), {}, withConvex({ probeSync: silence(code) }));
	expect([observation.state, codesOf(observation)]).toEqual([state, codes]);
});
