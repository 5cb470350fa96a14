import { describe, expect, it } from 'vitest';
import { readBlocks } from './blocks.ts';
import { isForeign } from './language.ts';

const foreign = (text: string): boolean => isForeign(readBlocks(text.split('\n')).blocks);

describe('the language of a document (M2)', () => {
	it.each([
		['# Bread\n\nCheck the oven and call Ada if it is cold.', false],
		['# Oven\n\n1. Restart oven\n2. Check logs\n3. Call Ada', false],
		['# Horno\n\nAbrir la puerta de la cocina y llamar a la jefa con el teléfono.', true],
		['# Ofen\n\nDie Tür ist zu und der Ofen ist kalt, mit dem Schlüssel von der Wand öffnen.', true],
		['# Oven\n\n오븐 상태 확인 후 온도를 내리고 담당자에게 연락하여 문을 닫는다', true],
		['', false],
	])('%j', (text, expected) => {
		expect(foreign(text)).toBe(expected);
	});
});
