import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindingOf, emptyRunbook, issueOf, lineOf } from './fixtures/runbook-of.ts';
import { applySidecar, readSidecar, writeSidecar } from './sidecar.ts';

function problemsOf(text: string): readonly string[] {
	const reading = readSidecar(text);
	return reading.ok ? [] : reading.problems.map(({ rule, line, column, message }) => `${rule} ${line}:${column} ${message}`);
}

describe('D16: reading a sidecar file', () => {
	it('reads addresses and directives with their places', () => {
		const reading = readSidecar('version: 1\nbindings:\n  shop/symptoms/blank:\n    - "check: http.page"\n    - "person: note"\n');
		expect(reading).toMatchObject({
			ok: true,
			sidecar: {
				entries: [
					{
						address: 'shop/symptoms/blank',
						line: 4,
						column: 7,
						binding: { kind: 'check', id: 'http.page', rule: 'sidecar', certainty: 'declared' },
					},
					{ address: 'shop/symptoms/blank', line: 5, binding: { kind: 'person', id: 'note' } },
				],
			},
		});
	});

	it.each([
		['an empty file', '', 'D16 1:1 expected a map with version and bindings'],
		['broken YAML', 'version: 1\nbindings: "open\n', /D16 \d:\d+ invalid YAML/],
		['another version', 'version: 2\nbindings: {}', 'D16 1:10 version 2: expected 1'],
		['no version', 'bindings: {}', 'D16 1:1 expected a version, got none'],
		['an unknown key', 'version: 1\nbinding: {}', 'D16 2:1 binding: no such key'],
		['an address without directives', 'version: 1\nbindings:\n  a:\n', /D16 \d:\d a: expected a list of directives/],
		['a directive without quotes', 'version: 1\nbindings:\n  a:\n    - check: http.page', 'D16 4:7 a: expected a directive in quotes'],
		['no directive', 'version: 1\nbindings:\n  a: ["hello"]', 'D16 3:7 hello: expected a directive'],
		['a directive with a fault', 'version: 1\nbindings:\n  a: ["check: a.b lone"]', 'D4 3:19 lone: expected key=value, got a lone word'],
	])('says what is wrong with %s', (_, text, problem) =>
		expect(problemsOf(text)).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)]),
	);

	it('says of a file that is no YAML where it first goes wrong, and nothing of what stands in it', () => {
		const markdown = `# Shop\n\n1. Open the page\n\n${'**Private**: words of the document\n\n- and more: of them\n'.repeat(100)}`;
		expect(problemsOf(markdown)).toEqual([expect.stringMatching(/^D16 \d+:\d+ invalid YAML: [^"]+, and \d+ more$/)]);
		expect(problemsOf(markdown).join()).not.toMatch(/Private|Open|\n/);
		expect(problemsOf('version: 1\nbindings:\n  a: ["check: a.b"]\n  a: ["check: a.c"]\n')).toEqual([
			'D16 4:3 invalid YAML: this key stands twice, expected it once',
		]);
	});
});

describe('D17: writing a sidecar file', () => {
	it('gives back what was written, whatever the values', () => {
		const entry = fc.record({ address: fc.string({ unit: 'grapheme', minLength: 1 }), value: fc.string({ unit: 'binary' }) });
		fc.assert(
			fc.property(fc.array(entry, { maxLength: 5 }), (entries) => {
				const bindings = entries.map(({ address, value }) => ({
					address,
					binding: bindingOf('check', 'a.b', { value }, { rule: 'sidecar' }),
				}));
				const reading = readSidecar(writeSidecar(bindings));
				if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
				const back = reading.sidecar.entries.map((read) => JSON.stringify([read.address, read.binding.params.value]));
				expect([...new Set(back)].toSorted()).toEqual(
					[...new Set(entries.map(({ address, value }) => JSON.stringify([address, value])))].toSorted(),
				);
			}),
		);
	});

	it('writes an empty file that can be read', () => expect(readSidecar(writeSidecar([]))).toEqual({ ok: true, sidecar: { entries: [] } }));
});

describe('D18: applying a sidecar file', () => {
	const runbook = emptyRunbook({
		issues: [issueOf({ symptoms: [lineOf('Blank', 2, [bindingOf('check', 'http.page')], 'shop/symptoms/blank')] })],
	});
	const apply = (yaml: string) => {
		const reading = readSidecar(`version: 1\nbindings:\n${yaml}`);
		if (!reading.ok) throw new Error('expected a good file');
		return applySidecar(runbook, reading.sidecar);
	};

	it('adds to what the document declares, nothing twice', () => {
		const { runbook: bound, problems } = apply('  shop/symptoms/blank: ["check: http.page", "check: http.status"]');
		expect(problems).toEqual([]);
		expect(bound.issues[0]?.symptoms[0]?.bindings.map((binding) => `${binding.id} ${binding.rule}`)).toEqual([
			'http.page directive',
			'http.status sidecar',
		]);
	});

	it('names the nearest address where there is none', () => {
		expect(apply('  shop/symptons/blank: ["check: http.page", "person: note"]').problems).toEqual([
			{
				rule: 'D18',
				line: 3,
				column: 3,
				message: 'shop/symptons/blank: no line of the document has this address',
				hint: 'Did you mean shop/symptoms/blank?',
			},
		]);
		expect(apply('  elsewhere/entirely/and/long/blank: ["check: http.page"]').problems[0]?.hint).toBe('Did you mean shop/symptoms/blank?');
	});
});
