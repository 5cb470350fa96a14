import { expect, it } from 'vitest';
import { toStorable } from './storable.ts';

it('replaces what a database refuses, and nothing else', () => {
	expect(toStorable('a\0b')).toBe('a\ufffdb');
	expect(toStorable('\ud800x\udc00')).toBe('\ufffdx\ufffd');
	expect(toStorable('plain 😀 text')).toBe('plain 😀 text');
});
