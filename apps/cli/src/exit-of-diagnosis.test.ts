import { describe, expect, it } from 'vitest';
import { exitOfChecks, exitOfDiagnosis } from './exit-of-diagnosis.ts';
import { allWell, nothingListens, oneFailing, sampleObservation } from './fixtures/sample-diagnosis.ts';

describe('exitOfDiagnosis', () => {
	it('is 1 when something failed', () => {
		expect(exitOfDiagnosis(oneFailing, false)).toBe(1);
		expect(exitOfDiagnosis(nothingListens, true)).toBe(1);
	});

	it('is 0 when every issue has a check that is well, though one could not tell; 3 when strict', () => {
		expect(exitOfDiagnosis(allWell, false)).toBe(0);
		expect(exitOfDiagnosis(allWell, true)).toBe(3);
	});

	it('is 3 when nothing failed and an issue could not be told', () => {
		const issues = allWell.diagnosis.issues.map((issue) => ({ ...issue, state: 'unknown' as const }));
		expect(exitOfDiagnosis({ ...allWell, diagnosis: { ...allWell.diagnosis, issues } }, false)).toBe(3);
	});
});

describe('exitOfDiagnosis without bindings', () => {
	const general = (check: string) => ({
		...allWell,
		basis: 'general' as const,
		diagnosis: { ...allWell.diagnosis, issues: [], observations: [sampleObservation({ check, state: 'ok', reason: 'ok' })] },
	});

	it.each([
		['http.status', 0],
		['http.health', 0],
		['net.dns', 3],
		['http.security-headers', 3],
	])('with nothing but %s ok is %i', (check, code) => {
		expect(exitOfDiagnosis(general(check), false)).toBe(code);
	});
});

describe('exitOfChecks', () => {
	const resolves = sampleObservation({ check: 'net.dns', state: 'ok', reason: 'resolves' });
	const well = sampleObservation({ check: 'http.status', state: 'ok', reason: 'answers 200' });
	const untold = sampleObservation({ check: 'http.csrf', state: 'unknown', reason: 'no endpoint' });
	const failed = sampleObservation({ check: 'http.page', state: 'fail', reason: 'blank' });

	it.each([
		['all well', [well], [], false, 0],
		['only the network was seen', [resolves, untold], [], false, 3],
		['one that was named is well, another could not tell', [resolves, untold], ['net.dns'], false, 0],
		['one that was named does not apply', [well, { ...untold, applicable: false }], ['http.csrf'], false, 3],
		['one failed', [well, failed, untold], [], false, 1],
		['one that nobody named could not tell', [well, untold], [], false, 0],
		['one that was named could not tell', [well, untold], ['http.csrf'], false, 3],
		['any could not tell, strictly', [well, untold], [], true, 3],
		['nothing could be told', [untold], [], false, 3],
	])('%s', (_what, observations, named, strict, code) => {
		expect(exitOfChecks({ observations, named, strict })).toBe(code);
	});
});
