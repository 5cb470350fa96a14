import type { EnvProblemCode } from '@holdfast/kit/wire';
import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeReport, makeVariable } from '../../fixtures/kit-report.ts';
import { serveKit } from '../../fixtures/kit-service.ts';

it.each<[EnvProblemCode, string]>([
	['malformed', 'env.malformed'],
	['too-short', 'env.malformed'],
	['white-space', 'env.white-space'],
	['out-of-range', 'env.out-of-range'],
	['not-allowed', 'env.not-allowed'],
])('fails for %s', async (problem, code) => {
	const service = await serveKit([makeReport({}, [makeVariable('APP_URL', { kind: 'url', problem })])]);
	expect(codesOf(await runCheck('env.format', service))).toEqual([code]);
});

it('leaves absence and secrets to other checks', async () => {
	const variables = [
		makeVariable('A', { problem: 'missing', present: false }),
		makeVariable('SESSION_SECRET', { problem: 'too-short', length: 8 }),
	];
	expect((await runCheck('env.format', await serveKit([makeReport({}, variables)]))).state).toBe('ok');
});

it('is unknown without the application’s report', async () => {
	expect((await runCheck('env.format', makeService('http://127.0.0.1:9', { envFile: '/srv/.env' }))).state).toBe('unknown');
});
