import { expect, it } from 'vitest';
import { makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeReport, makeVariable } from '../../fixtures/kit-report.ts';
import { serveKit, withEnvFile } from '../../fixtures/kit-service.ts';
import { findTypos } from './judge-typos.ts';

it('names both: the one that is missing and the one that is set', async () => {
	const absent = makeVariable('SESSION_SECRET', { present: false, length: null, problem: 'missing', nearest: 'SESSION_SECRT' });
	expect(await runCheck('env.typo', await serveKit([makeReport({}, [absent])]))).toMatchObject({
		state: 'fail',
		findings: [{ code: 'env.typo', message: 'SESSION_SECRET is not set, and SESSION_SECRT is: the name looks mistyped' }],
	});
});

it('warns for an optional one and is well where nothing is missing', async () => {
	const optional = makeVariable('A_KEY', { required: false, present: false, nearest: 'A_KYE' });
	expect((await runCheck('env.typo', await serveKit([makeReport({}, [optional])]))).state).toBe('warn');
	expect((await runCheck('env.typo', await serveKit([makeReport({}, [makeVariable('A_KEY')])]))).state).toBe('ok');
});

it('compares configured names with the environment file', async () => {
	const service = makeService('http://127.0.0.1:9', { envFile: '/srv/.env', secrets: ['CSRF_SECRET'] });
	const vendors = withEnvFile([{ name: 'CRSF_SECRET', length: 40 }]);
	expect((await runCheck('env.typo', service, {}, { vendors })).findings).toMatchObject([{ code: 'env.typo', at: 'CSRF_SECRET' }]);
});

it('does not take one declared variable for a mistyped other', () => {
	expect(findTypos(['A_SECRET', 'B_SECRET'], ['B_SECRET'])).toEqual([]);
	expect(findTypos(['SESSION_SECRET'], ['SENTRY_DSN'])).toEqual([]);
});
