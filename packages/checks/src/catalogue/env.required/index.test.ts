import { expect, it } from 'vitest';
import { makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeReport, makeVariable } from '../../fixtures/kit-report.ts';
import { serveKit, withEnvFile } from '../../fixtures/kit-service.ts';

it('is well when all required ones are set, whatever the optional ones are', async () => {
	const variables = [makeVariable('A'), makeVariable('B', { required: false, present: false, length: null })];
	expect(await runCheck('env.required', await serveKit([makeReport({}, variables)]))).toMatchObject({
		state: 'ok',
		reason: 'The one required variable is set',
	});
});

it('names each that is missing, and what may be meant', async () => {
	const variables = [makeVariable('SESSION_SECRET', { present: false, length: null, problem: 'missing', nearest: 'SESION_SECRET' })];
	expect(await runCheck('env.required', await serveKit([makeReport({}, variables)]))).toMatchObject({
		state: 'fail',
		findings: [{ code: 'env.missing', at: 'SESSION_SECRET', message: 'SESSION_SECRET is not set; SESION_SECRET is, which may be meant' }],
	});
});

it('takes configured names to the environment file without the kit', async () => {
	const service = makeService('http://127.0.0.1:9', { envFile: '/srv/.env', secrets: ['SESSION_SECRET', 'CSRF_SECRET'] });
	const vendors = withEnvFile([{ name: 'SESSION_SECRET', length: 40 }]);
	expect(await runCheck('env.required', service, {}, { vendors })).toMatchObject({ state: 'fail', findings: [{ at: 'CSRF_SECRET' }] });
	expect((await runCheck('env.required', makeService('http://127.0.0.1:9'))).state).toBe('unknown');
});
