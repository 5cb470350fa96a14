import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePrintable } from './printable.ts';
import { formatEnds, formatRow, formatTable } from './rows.ts';
import { createStyle, wantsColour } from './style.ts';
import { cutWidth, measureWidth } from './text-width.ts';
import { wrapText } from './wrap.ts';

describe('wrapText', () => {
	it('never goes beyond the width and loses no word', () => {
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^[a-zé日אx]{1,30}$/u), { minLength: 1 }), fc.integer({ min: 2, max: 40 }), (words, width) => {
				const lines = wrapText(words.join(' '), width);
				for (const line of lines) expect(measureWidth(line)).toBeLessThanOrEqual(width);
				expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
			}),
		);
	});

	it('ends on a width of one with wide letters', () => {
		expect(wrapText('日本', 1)).toEqual(['日', '本']);
	});
});

describe('measureWidth', () => {
	it.each([
		['plain', 5],
		['日本', 4],
		['e\u0301', 1],
		['👩‍👩‍👧', 2],
		['', 0],
	])('%j takes %i columns', (text, width) => {
		expect(measureWidth(text)).toBe(width);
	});

	it('cuts at whole graphemes', () => {
		expect(cutWidth('a日本', 2)).toBe('a');
	});
});

describe('formatRow', () => {
	it('wraps each cell in its own column', () => {
		expect(formatRow(2, [{ text: 'Cause' }, { text: 'one two three four five six seven eight' }], [6], 34)).toEqual([
			'  Cause   one two three four five',
			'          six seven eight',
		]);
	});

	it('puts the last cell below where there is too little room beside', () => {
		expect(formatRow(0, [{ text: 'a name' }, { text: 'the words' }], [30], 40)).toEqual(['a name', '  the words']);
	});

	it('paints without changing the columns', () => {
		const style = createStyle(true);
		const painted = formatTable(
			0,
			[
				[{ text: 'a', paint: style.red }, { text: 'x' }],
				[{ text: 'abc' }, { text: 'y' }],
			],
			[10],
			80,
		);
		const strip = (line: string) => line.replaceAll('\u001b[31m', '').replaceAll('\u001b[39m', '');
		expect(painted.join('')).toContain('\u001b[31ma\u001b[39m');
		expect(painted.map(strip)).toEqual(['a    x', 'abc  y']);
	});
});

describe('formatEnds', () => {
	it('puts two texts at both ends, or under each other', () => {
		expect(formatEnds({ text: 'left' }, { text: 'right' }, 12)).toEqual(['left   right']);
		expect(formatEnds({ text: 'left' }, { text: 'right' }, 10)).toEqual(['left', 'right']);
	});
});

describe('makePrintable', () => {
	it.each([
		['\u001b[31mred', '␛[31mred'],
		['a\tb', 'a b'],
		['a\nb', 'a\nb'],
		['\u009b31m', '\ufffd31m'],
		['safe \u202egnp.exe', 'safe \ufffdgnp.exe'],
		['שלום', 'שלום'],
	])('%j becomes %j', (text, printable) => {
		expect(makePrintable(text)).toBe(printable);
	});
});

describe('wantsColour', () => {
	it.each([
		[true, {}, true, true],
		[false, {}, true, false],
		[true, { NO_COLOR: '1' }, true, false],
		[true, { NO_COLOR: '' }, true, true],
		[true, { TERM: 'dumb' }, true, false],
		[true, {}, false, false],
	])('terminal %s, %j, allowed %s: %s', (terminal, environment, allowed, wanted) => {
		expect(wantsColour(terminal, environment as Record<string, string>, allowed)).toBe(wanted);
	});
});
