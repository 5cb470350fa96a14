import { describe, expect, it } from 'vitest';
import { readInitArguments } from './init-arguments.ts';

describe('readInitArguments', () => {
	it.each([
		[['RUNBOOK.md', 'http://localhost:3000'], 'RUNBOOK.md', 'http://localhost:3000'],
		[['http://localhost:3000', 'RUNBOOK.md'], 'RUNBOOK.md', 'http://localhost:3000'],
		[['localhost:3000'], undefined, 'localhost:3000'],
		[['shop.example'], undefined, 'shop.example'],
		[['docs/RUNBOOK.md'], 'docs/RUNBOOK.md', undefined],
		[['../runbook/PRODUCTION_RUNBOOK.md'], '../runbook/PRODUCTION_RUNBOOK.md', undefined],
		[[], undefined, undefined],
	])('%j is runbook %s and URL %s', (words, file, url) => {
		expect(readInitArguments(words)).toEqual({ ok: true, file, url });
	});

	it('refuses two of a kind', () => {
		expect(readInitArguments(['a.md', 'b.md'])).toMatchObject({ ok: false });
		expect(readInitArguments(['http://a.example', 'http://b.example'])).toMatchObject({ ok: false });
	});
});
