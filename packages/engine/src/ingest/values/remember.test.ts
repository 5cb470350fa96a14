import { expect, it } from 'vitest';
import { remember } from './remember.ts';

it('asks once for each text, and holds no more than it may', () => {
	const asked: string[] = [];
	const length = remember((text) => asked.push(text) && text.length, 2);
	expect(['a', 'bb', 'a', 'ccc', 'a'].map(length)).toEqual([1, 2, 1, 3, 1]);
	expect(asked).toEqual(['a', 'bb', 'ccc', 'a']);
});
