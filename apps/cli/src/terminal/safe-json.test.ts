import { expect, it } from 'vitest';
import { makePrintable } from './printable.ts';
import { formatJson } from './safe-json.ts';

it('escapes what a terminal obeys, and reads back the same', () => {
	const evil = 'a\u009b2Jb\u007fc\u061cd\u200ee\u202ef\u2066g\u001b[2Jé日';
	const text = formatJson({ [evil]: evil });
	expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
	expect(text).toContain('\\u009b');
	expect(text).toContain('é日');
	expect(JSON.parse(text)).toEqual({ [evil]: evil });
});

it('shows the Arabic letter mark', () => {
	expect(makePrintable('a\u061cb')).toBe('a\ufffdb');
});
