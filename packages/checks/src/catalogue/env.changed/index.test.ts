import { expect, it } from 'vitest';
import { makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeReport, makeVariable } from '../../fixtures/kit-report.ts';
import { serveKit, withFacts } from '../../fixtures/kit-service.ts';

const name = 'SESSION_SECRET';
const now = Date.now();
const sample = (value: string, minutesAgo: number, scope = 'k1') => ({
	name: `env:${name}`,
	value,
	scope,
	at: new Date(now - minutesAgo * 60_000).toISOString(),
});
const current = `fp-${name}`;
const look = async (samples: ReturnType<typeof sample>[] | null, more: readonly ReturnType<typeof makeVariable>[] = []) =>
	runCheck(
		'env.changed',
		await serveKit([makeReport({}, [makeVariable(name), ...more])]),
		{ name },
		samples === null ? {} : { history: withFacts(samples), now: () => now },
	);

it('is well with the same value for days, and hands on what to remember', async () => {
	expect(await look([sample(current, 5000)])).toMatchObject({ state: 'ok', facts: [{ name: `env:${name}`, value: current, scope: 'k1' }] });
});

it('fails for a change without a previous secret', async () => {
	expect(await look([sample('older', 5000)])).toMatchObject({
		state: 'fail',
		findings: [{ code: 'env.changed', message: expect.stringContaining('SESSION_SECRET_PREVIOUS is not set') }],
	});
	expect(await look([sample('older', 5000), sample(current, 14)])).toMatchObject({
		state: 'fail',
		reason: expect.stringContaining('14 min ago'),
	});
});

it('takes a rotation with a previous secret for well', async () => {
	expect(await look([sample('older', 5000)], [makeVariable(`${name}_PREVIOUS`)])).toMatchObject({ state: 'ok' });
});

it('takes a change long ago, and one that was undone, for well', async () => {
	expect((await look([sample('older', 5000), sample(current, 300)])).state).toBe('ok');
	expect((await look([sample(current, 5000), sample('other', 20), sample(current, 5)])).state).toBe('ok');
	expect((await look([sample(current, 5000), sample('other', 20)])).state).toBe('ok');
});

it('does not remember a value that the application refuses, so that mending it is no change', async () => {
	const refused = makeReport({}, [makeVariable(name, { length: 8, problem: 'too-short' })]);
	const outcome = await runCheck('env.changed', await serveKit([refused]), { name }, { history: withFacts([]), now: () => now });
	expect(outcome).toMatchObject({ state: 'unknown', reason: expect.stringContaining('once the application accepts it'), facts: [] });
});

it('does not know without a history, at first sight, and under another fingerprint key', async () => {
	expect(await look(null)).toMatchObject({ state: 'unknown', facts: [{ value: current }] });
	expect((await look([])).state).toBe('unknown');
	expect((await look([sample('older', 5000, 'k0')])).state).toBe('unknown');
	expect((await runCheck('env.changed', makeService('http://127.0.0.1:9'), { name })).state).toBe('unknown');
});
