import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../fixtures/any-text.ts';
import { escapeSlack } from '../slack/compose.ts';
import { cleanLine, fitEscaped } from './clean-line.ts';

describe('a line', () => {
	it.each([
		['breaks become spaces', 'a\r\nBcc: x@y.example\n\nb', 'a Bcc: x@y.example b'],
		['control characters go', 'a\u0000b\u001B[31mc', 'a b [31mc'],
		['marks of direction go', '\u202Eabc\u202C \u2066d\u2069', 'abc d'],
		['what cannot be seen goes', 'a\u200Bb\u00ADc\u{E0041}', 'abc'],
		['joiners of emoji and scripts stay', '👩\u200D💻 می\u200Cخواهم', '👩\u200D💻 می\u200Cخواهم'],
		['half a character is marked', 'a\uD800b', 'a\uFFFDb'],
		['spaces at the ends go', '  a  b  ', 'a b'],
	])('%s', (_rule, given, shown) => expect(cleanLine(given, 100)).toBe(shown));

	it('that is too long says that it was cut, and how long it was', () => {
		const line = cleanLine('x'.repeat(1_000_000), 200);
		expect(line).toMatch(/^x+ … \(cut, 1,000,000 characters\)$/);
		expect(line).toHaveLength(200);
		expect(cleanLine('x'.repeat(100), 20)).toBe(`${'x'.repeat(19)}…`);
	});

	it('holds nothing that could end it, whatever it was made of', () => {
		fc.assert(
			fc.property(anyText, fc.integer({ min: 20, max: 300 }), (text, max) => {
				const line = cleanLine(text, max);
				expect(line.length).toBeLessThanOrEqual(max);
				expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
			}),
		);
	});
});

it('an escaped text that is too long is cut between its characters', () => {
	expect(fitEscaped('a&b', 7, escapeSlack)).toBe('a&amp;b');
	expect(fitEscaped('a&b', 6, escapeSlack)).toBe('a…');
	fc.assert(
		fc.property(anyText, fc.integer({ min: 5, max: 60 }), (text, max) => {
			const fitted = fitEscaped(text, max, escapeSlack);
			expect(fitted.length).toBeLessThanOrEqual(max);
			expect(fitted.replace(/&(?:amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
		}),
	);
});
