import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Binding } from '../model.ts';
import { bindingOf, commentOf } from './fixtures/runbook-of.ts';
import { formatComment, formatDirective, readDirective } from './grammar.ts';

function read(text: string): Binding {
	const reading = readDirective(commentOf(text));
	if (reading.kind !== 'directive') throw new Error(`expected a directive, got ${JSON.stringify(reading)}`);
	return reading.binding;
}

function problemsOf(text: string): readonly string[] {
	const reading = readDirective(commentOf(text));
	if (reading.kind !== 'problem') throw new Error(`expected problems, got ${JSON.stringify(reading)}`);
	return reading.problems.map((problem) => `${problem.line}:${problem.column} ${problem.rule} ${problem.message} | ${problem.hint}`);
}

describe('D1: what is a directive', () => {
	it.each([
		'note to self: check the logs',
		'check the logs',
		'TODO: mend this',
		'markdownlint-disable MD001',
		'key: value',
		'',
		'https://a.example',
	])('leaves the ordinary comment "%s" alone', (text) => expect(readDirective(commentOf(text))).toEqual({ kind: 'none' }));

	it.each([
		['check: http.health path=/api/health', bindingOf('check', 'http.health', { path: '/api/health' })],
		['action: release.rollback to=last-good', bindingOf('action', 'release.rollback', { to: 'last-good' })],
		['task: daily', bindingOf('task', 'daily')],
		['person: note', bindingOf('person', 'note')],
		['cause: 3', bindingOf('cause', '3')],
		['ignore:', bindingOf('ignore', '')],
		['ignore: outdated since=2026', bindingOf('ignore', 'outdated', { since: '2026' })],
		['check:http.health', bindingOf('check', 'http.health')],
		['check:\n  http.health\n  path=/a', bindingOf('check', 'http.health', { path: '/a' })],
	])('reads "%s"', (text, binding) => expect(read(text)).toEqual(binding));
});

describe('D2: a kind one slip away from a real one is a problem', () => {
	it.each([
		['chekc: http.health', 'check'],
		['checks: http.health', 'check'],
		['Check: http.health', 'check'],
		['casue: 3', 'cause'],
		['actoin: release.rollback to=last-good', 'action'],
	])('%s', (text, nearest) => expect(problemsOf(text)).toEqual([expect.stringContaining(`Did you mean ${nearest}?`)]));

	it.each(['Checks: the ones below are old', 'Cause: nobody knows why this happens'])('leaves the note "%s" alone', (text) =>
		expect(readDirective(commentOf(text))).toEqual({ kind: 'none' }),
	);
});

describe('D3 to D6: syntax problems come all at once, each with its place', () => {
	it('names every problem of one directive', () => {
		expect(problemsOf('check: Http.Health path= lone min="a\\q" max="b" max=3')).toEqual([
			'1:13 D3 Http.Health: expected a name of lower-case letters, digits, dots and hyphens | For example: check: http.health path=/api/health',
			'1:30 D4 path=: expected a value, got nothing | Write path="" for an empty one.',
			'1:31 D4 lone: expected key=value, got a lone word | For example: check: http.health path=/api/health',
			'1:42 D5 \\q: expected one of the escapes \\" \\\\ \\n \\r \\t \\uXXXX | Write a backslash as \\\\.',
			'1:54 D6 max is given twice, expected it once | Keep one of the two.',
		]);
	});

	it.each([
		['check:', 'D3', 'expected a name after the colon, got nothing'],
		['check: path=/a', 'D3', 'expected a name after the colon, got nothing'],
		['cause: zero', 'D3', 'expected the number of a cause, counted from 1'],
		['cause: 0', 'D3', 'expected the number of a cause, counted from 1'],
		['cause: 1 because=x', 'D3', 'expected nothing after the number of a cause'],
		['check: a.b x="never closed', 'D5', 'never closed'],
		['check: a.b x="a"b', 'D5', 'expected white space after the closing quote'],
		['check: a.b x=a"b"', 'D5', 'expected the quote at the start of the value'],
		['check: a.b ="x"', 'D4', "expected a parameter's name before the ="],
	])('%s', (text, rule, message) => expect(problemsOf(text).join('\n')).toMatch(new RegExp(`${rule} .*${message}`)));

	it('counts columns from the raw lines where they are at hand', () => {
		const lines = ['intro', 'text <!--   check: a.b lone -->', '<!--', '  check: a.b', '  lone', '-->'];
		const spaced = readDirective({ text: 'check: a.b lone', line: 2, column: 6, endLine: 2, alone: false }, lines);
		const tall = readDirective({ text: 'check: a.b\n  lone', line: 3, column: 1, endLine: 6, alone: true }, lines);
		expect(spaced).toMatchObject({ problems: [{ line: 2, column: 24 }] });
		expect(tall).toMatchObject({ problems: [{ line: 5, column: 3 }] });
	});
});

describe('D5: written values', () => {
	it.each([
		['/api/health', 'path=/api/health'],
		['{"status":"ok"}', 'path="{\\"status\\":\\"ok\\"}"'],
		['', 'path=""'],
		['a -->', 'path="a \\u002d\\u002d\\u003e"'],
		['two\nlines', 'path="two\\nlines"'],
		['a|b`c', 'path="a\\u007cb\\u0060c"'],
		['a-', 'path=a-'],
	])('%j', (value, written) =>
		expect(formatDirective(bindingOf('check', 'http.health', { path: value }))).toBe(`check: http.health ${written}`),
	);

	it('gives back any text, and nothing that could end its comment, line, table cell or code span', () => {
		const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/).filter((name) => name !== '__proto__');
		const value = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.string({ unit: 'grapheme' }),
			fc.string({ unit: fc.constantFrom('-', '>', '"', '\\', '\n', '\r', ' ', '=', '|', 'u', '\ud83d', '`') }),
		);
		fc.assert(
			fc.property(fc.dictionary(key, value, { maxKeys: 4 }), (params) => {
				const comment = formatComment(bindingOf('check', 'http.health', params));
				const inner = comment.slice(4, -3);
				expect(inner).not.toMatch(/--|[\n\r\u2028\u2029|`<>]/);
				expect(read(inner.trim()).params).toEqual({ ...params });
			}),
			{ numRuns: 2_000 },
		);
	});
});
