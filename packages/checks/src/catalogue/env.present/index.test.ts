import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeReport, makeVariable } from '../../fixtures/kit-report.ts';
import { serveKit, withEnvFile } from '../../fixtures/kit-service.ts';
import { Secret } from '../../secret.ts';

const name = 'APP_URL';

it('is well with a variable that is set', async () => {
	const service = await serveKit([makeReport({}, [makeVariable(name, { length: 20 })])]);
	expect(await runCheck('env.present', service, { name })).toMatchObject({ state: 'ok', reason: 'APP_URL is set, 20 characters' });
});

it('fails for one that is not set or set to nothing', async () => {
	const absent = makeVariable(name, { present: false, length: null, problem: 'missing' });
	expect(codesOf(await runCheck('env.present', await serveKit([makeReport({}, [absent])]), { name }))).toEqual(['env.missing']);
	const empty = makeVariable(name, { present: true, length: 0, problem: 'empty' });
	expect(codesOf(await runCheck('env.present', await serveKit([makeReport({}, [empty])]), { name }))).toEqual(['env.empty']);
});

it('sees one instance of two that lacks it', async () => {
	const other = makeReport({ process: { ...makeReport().holdfast.process, instance: 'two' } }, [
		makeVariable(name, { present: false, length: null }),
	]);
	const observation = await runCheck('env.present', await serveKit([makeReport({}, [makeVariable(name)]), other]), { name });
	expect(observation).toMatchObject({ state: 'fail', reason: 'APP_URL is not set in 1 of 2 instances' });
});

it('goes by the environment file where the application is not heard', async () => {
	const service = makeService('http://127.0.0.1:9', { envFile: '/srv/.env' });
	const vendors = withEnvFile([{ name, length: 12 }]);
	expect((await runCheck('env.present', service, { name }, { vendors })).state).toBe('ok');
	expect((await runCheck('env.present', service, { name: 'OTHER' }, { vendors })).state).toBe('fail');
});

it('is unknown, with what would make it known, without a source and for a wrong token', async () => {
	expect(await runCheck('env.present', makeService('http://127.0.0.1:9'), { name })).toMatchObject({
		state: 'unknown',
		enable: expect.stringContaining('kit: {token'),
	});
	const service = await serveKit([makeReport({}, [makeVariable(name)])], { kitToken: new Secret('not-the-token-of-this-service') });
	const observation = await runCheck('env.present', service, { name });
	expect(observation).toMatchObject({ state: 'unknown', reason: expect.stringContaining('does not take the kit token') });
	expect(JSON.stringify(observation)).not.toContain('not-the-token');
});
