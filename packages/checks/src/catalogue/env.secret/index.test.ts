import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeReport, makeVariable } from '../../fixtures/kit-report.ts';
import { serveKit, withEnvFile } from '../../fixtures/kit-service.ts';

const name = 'SESSION_SECRET';
const look = async (more: Parameters<typeof makeVariable>[1], params = {}) =>
	runCheck('env.secret', await serveKit([makeReport({}, [makeVariable(name, more)])]), { name, ...params });

it('is well with a long one', async () => {
	expect(await look({})).toMatchObject({ state: 'ok', reason: 'SESSION_SECRET is set, 64 characters' });
});

describe('fails for', () => {
	it('one that is too short, with its length and the least', async () => {
		expect(await look({ length: 8, problem: 'too-short' })).toMatchObject({
			state: 'fail',
			findings: [{ code: 'env.too-short', message: 'SESSION_SECRET is 8 characters long; at least 32 are needed' }],
		});
	});
	it('one that is shorter than the runbook asks for', async () => {
		expect(codesOf(await look({ length: 40 }, { min: 64 }))).toEqual(['env.too-short']);
		expect((await look({ length: 24, problem: 'too-short' }, { min: 20 })).state).toBe('ok');
	});
	it('a sample value, white space, and absence', async () => {
		expect(codesOf(await look({ problem: 'sample-value' }))).toEqual(['env.sample-value']);
		expect(codesOf(await look({ problem: 'white-space' }))).toEqual(['env.white-space']);
		expect(codesOf(await look({ present: false, length: null, problem: 'missing' }))).toEqual(['env.missing']);
	});
	it('two instances with different values', async () => {
		const two = { ...makeReport().holdfast.process, instance: 'two' };
		const service = await serveKit([
			makeReport({}, [makeVariable(name)]),
			makeReport({ process: two }, [makeVariable(name, { fingerprint: 'other' })]),
		]);
		expect(codesOf(await runCheck('env.secret', service, { name }))).toEqual(['env.differs']);
	});
});

it('does not compare fingerprints of different keys', async () => {
	const two = { ...makeReport().holdfast.process, instance: 'two' };
	const other = [makeVariable(name, { fingerprint: 'other' })];
	const service = await serveKit([
		makeReport({}, [makeVariable(name)]),
		makeReport({ process: two, environment: { ok: true, keyId: 'k2', variables: other } }),
	]);
	expect((await runCheck('env.secret', service, { name })).state).toBe('ok');
});

it('goes by length in the environment file without the kit', async () => {
	const service = makeService('http://127.0.0.1:9', { envFile: '/srv/.env', secrets: [name] });
	expect(codesOf(await runCheck('env.secret', service, {}, { vendors: withEnvFile([{ name, length: 8 }]) }))).toEqual(['env.too-short']);
	expect((await runCheck('env.secret', service, {}, { vendors: withEnvFile([{ name, length: 48 }]) })).state).toBe('ok');
});

it('is unknown for a secret that nobody declares', async () => {
	expect(await runCheck('env.secret', await serveKit([makeReport()]), { name })).toMatchObject({ state: 'unknown' });
});
