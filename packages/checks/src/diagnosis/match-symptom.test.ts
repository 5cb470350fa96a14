import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRunbook } from './fixtures/build-runbook.ts';
import { nameMatch, nonsense, phrasings } from './fixtures/phrasings.ts';
import { shopRunbook } from './fixtures/shop-issues.ts';
import { matchSymptom } from './match-symptom.ts';

describe('matchSymptom', () => {
	for (const [text, expected] of phrasings) {
		it(`takes “${text}” for ${typeof expected === 'string' ? expected : `issue ${expected.join(' or ')}`}`, () => {
			const got = nameMatch(shopRunbook, text);
			if (typeof expected === 'string') expect(got).toBe(expected);
			else expect(expected.map(String)).toContain(got.split('.')[0]);
		});
	}
	for (const text of nonsense) {
		it(`takes “${text}” for nothing and lists what there is (M6)`, () => {
			const match = matchSymptom(shopRunbook, text);
			expect(match.kind).toBe('none');
			if (match.kind === 'none') expect(match.symptoms).toHaveLength(16);
		});
	}

	it('asks which of two issues is meant when both fit alike (M5)', () => {
		const twice = buildRunbook([
			{ title: 'Front door', symptoms: [{ text: 'Slow answers' }], causes: [], steps: [] },
			{ title: 'Back door', symptoms: [{ text: 'Slow replies' }], causes: [], steps: [] },
		]);
		expect(nameMatch(twice, 'slow')).toBe('several 1.1 2.1');
		expect(nameMatch(twice, 'slow replies')).toBe('2.1');
	});

	it('names alternatives beside the one it took', () => {
		const match = matchSymptom(shopRunbook, 'timeouts');
		expect(match).toMatchObject({ kind: 'one', text: 'Timeouts', line: shopRunbook.issues[3]?.symptoms[1]?.line, score: 1 });
		if (match.kind === 'one') expect(match.alternatives.map((one) => one.text)).toContain('Errors after a timeout');
	});

	it('finds nothing in a runbook without issues', () => {
		expect(matchSymptom(buildRunbook([]), 'blank page')).toEqual({ kind: 'none', symptoms: [] });
	});

	it('takes every symptom in its own words for itself (M4)', () => {
		for (const issue of shopRunbook.issues) {
			for (const symptom of issue.symptoms)
				expect(matchSymptom(shopRunbook, symptom.text)).toMatchObject({ kind: 'one', symptom, score: 1 });
		}
	});

	it('never throws, and gives the same answer twice, for any text (M1)', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
				const first = matchSymptom(shopRunbook, text);
				expect(matchSymptom(shopRunbook, text)).toEqual(first);
				if (first.kind === 'one') expect(first.score).toBeGreaterThanOrEqual(0.5);
			}),
		);
	});
});
