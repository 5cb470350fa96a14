import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPlaceholders } from './find-placeholders.ts';
import { readExpectations } from './read-expectations.ts';
import { readFence } from './read-fence.ts';
import { readInlineCode } from './read-inline-code.ts';
import { readProseEffect } from './read-prose-effect.ts';
import { readThreshold } from './read-threshold.ts';
import type { Word } from './token.ts';
import { tokenize } from './tokenize.ts';

const words = (source: string) => tokenize(source).tokens.filter((token): token is Word => token.kind === 'word');

describe('X9: the lexer', () => {
	test.each([
		['a b  c', ['a', 'b', 'c']],
		["a 'b c' d", ['a', 'b c', 'd']],
		['a "b \'c\' d"', ['a', "b 'c' d"]],
		['a\\ b', ['a b']],
		['a"b"\'c\'d', ['abcd']],
		['""', ['']],
		['a \\\nb', ['a', 'b']],
		['a "x\\"y"', ['a', 'x"y']],
		['a $(b "c)" d) e', ['a', '$(b "c)" d)', 'e']],
		['a `b c` d', ['a', '`b c`', 'd']],
		['a ${b:-c d} e', ['a', '${b:-c d}', 'e']],
		["a $'b\\'c' d", ['a', "b\\'c", 'd']],
		['a <(b c) d', ['a', '<(b c)', 'd']],
	])('%s', (source, expected) => expect(words(source).map((word) => word.text)).toEqual(expected));

	test('expansions are noted where they count', () => {
		expect(
			words('$A "$B" \'$C\' \\$D ${E%x} $1').map((word) => word.expansions.map((one) => ('name' in one ? one.name : one.kind))),
		).toEqual([['A'], ['B'], [], [], ['E'], ['1']]);
		expect(words("'$C'")[0]?.literalNames).toEqual(['C']);
	});

	test('operators and redirections', () => {
		const tokens = tokenize('a|b&&c||d;e&f 2>&1 >>x &>y <<<z').tokens;
		expect(
			tokens.flatMap((token) =>
				token.kind === 'operator'
					? [token.text]
					: token.kind === 'redirection'
						? [`${token.fd ?? ''}${token.operator}${token.target?.text}`]
						: [],
			),
		).toEqual(['|', '&&', '||', ';', '&', '2>&1', '>>x', '&>y', '<<<z']);
	});

	test.each([
		["a 'b", 'single quote'],
		['a "b', 'double quote'],
		['a `b', 'backtick'],
		['a $(b', 'parenthesis'],
		['a ${b', 'brace'],
		['a <<E\nb', 'heredoc'],
		[`${'"$('.repeat(60)}`, 'nesting'],
	])('names what is not closed: %s', (source, unclosed) => expect(tokenize(source).unclosed).toBe(unclosed));
});

/** Text that is rich in what shells, Markdown and regular expressions trip over. */
const nasty = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				...'\'"`$(){}[]<>|&;#\\ \n\t\r=*?~!%@:/.,-…“”–\u00a0xX05',
				'<<EOF',
				'EOF',
				'if ',
				'fi',
				'for x in',
				'done',
				'case ',
				'SELECT ',
				'rm -rf /',
				'curl ',
				'sudo ',
				'$(',
				'${',
				'constructor ',
				'__proto__',
				'> ',
				'$ ',
			),
			fc.string({ maxLength: 6 }),
		),
		{ maxLength: 60 },
	)
	.map((parts) => parts.join(''));

describe('X13: any text', () => {
	test('the lexer never throws, ends, and its tokens stand in order within the text', () => {
		fc.assert(
			fc.property(nasty, (source) => {
				const { tokens, end } = tokenize(source);
				let at = 0;
				for (const token of tokens) {
					expect(token.start).toBeGreaterThanOrEqual(at);
					expect(token.end).toBeGreaterThanOrEqual(token.start);
					at = token.end;
				}
				expect(end).toBeLessThanOrEqual(source.length);
			}),
			{ numRuns: 500 },
		);
	});

	test('simple words come back as they were', () => {
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^[\w@%+:,./-]{1,12}$/), { minLength: 1, maxLength: 8 }), (list) => {
				expect(words(list.join(' ')).map((word) => word.text)).toEqual(list);
			}),
		);
	});

	test('single-quoted words come back as they were', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.string({ maxLength: 12 }).filter((word) => !word.includes("'")),
					{ minLength: 1, maxLength: 5 },
				),
				(list) => {
					expect(words(list.map((word) => `'${word}'`).join(' ')).map((word) => word.text)).toEqual(list);
				},
			),
		);
	});

	test('every reader takes any text', () => {
		fc.assert(
			fc.property(nasty, fc.constantFrom('', 'bash', 'console', 'sql', 'http', 'text', 'constructor'), (source, lang) => {
				const reading = readFence(lang, source, 1);
				const lines = source.split('\n').length;
				for (const command of reading.commands) {
					expect(command.line).toBeGreaterThanOrEqual(1);
					expect(command.line).toBeLessThanOrEqual(lines);
				}
				expect(reading.runnable && reading.commentOnly).toBe(false);
				if (!reading.runnable) expect(reading.refused).not.toBeNull();
				readInlineCode(source, 1);
				readExpectations(source);
				readThreshold(source);
				readProseEffect(source);
				for (const { text } of findPlaceholders(source)) expect(source).toContain(text);
			}),
			{ numRuns: 500 },
		);
	});

	test('E2, E31: a destructive command stays blocked whatever harmless words stand around it', () => {
		const before = fc.constantFrom(
			'',
			'sudo ',
			'env A=b ',
			'time ',
			'nohup ',
			'git status && ',
			'true; ',
			'ls | ',
			'FOO=bar ',
			'timeout 5 ',
			'ssh web1 ',
			'nice -n 5 ',
			'docker exec web ',
			'bash -c "',
			'xargs ',
		);
		const core = fc.constantFrom('rm -rf /srv/x', 'shred x', 'redis-cli FLUSHALL', 'terraform destroy', 'supabase db reset');
		fc.assert(
			fc.property(before, before, core, (outer, inner, command) => {
				const closing = [outer, inner].filter((one) => one.endsWith('"')).length;
				fc.pre(closing < 2);
				const reading = readFence('bash', `${outer}${inner}${command}${'"'.repeat(closing)}`, 1);
				expect(reading.effect).toBe('block');
			}),
		);
	});
});
