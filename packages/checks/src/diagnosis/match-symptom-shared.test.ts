import { existsSync, readFileSync } from 'node:fs';
import { readRunbook } from '@holdfast/runbook/read';
import { describe, expect, it } from 'vitest';
import { buildRunbook } from './fixtures/build-runbook.ts';
import { nameMatch, nonsense, phrasings } from './fixtures/phrasings.ts';

const beside = new URL('../../../../../shared/runbook/PRODUCTION_RUNBOOK.md', import.meta.url);
const missing = !existsSync(beside);

describe(`matchSymptom on the runbook beside the checkout${missing ? ' (skipped: ../shared is not there)' : ''}`, () => {
	const read = missing ? null : readRunbook(readFileSync(beside, 'utf8'));
	const runbook = read?.ok === true ? read.runbook : buildRunbook([]);
	for (const [text, expected] of phrasings) {
		it.skipIf(missing)(`takes “${text}” for ${typeof expected === 'string' ? expected : `issue ${expected.join(' or ')}`}`, () => {
			const got = nameMatch(runbook, text);
			if (typeof expected === 'string') expect(got).toBe(expected);
			else expect(expected.map(String)).toContain(got.split('.')[0]);
		});
	}
	for (const text of nonsense) {
		it.skipIf(missing)(`takes “${text}” for nothing`, () => {
			expect(nameMatch(runbook, text)).toBe('none');
		});
	}
});
