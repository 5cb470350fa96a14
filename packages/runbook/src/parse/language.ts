import type { Block } from './blocks.ts';

const english = new Set(
	'the and of to in is for on with if or not are this from be by it as that when all any after before has can should will check no'.split(
		' ',
	),
);
/** Function words of Spanish, Portuguese, French, Italian, German and Dutch that English does not share. */
const other = new Set(
	'de la el los las en y que un una para por con del se al lo es su como o os da do das dos em não uma ao na no com le les des et du dans pour est sur une au avec der die das und ist den von mit im zu ein eine nicht auf bei für il di che per non della gli het een van niet met'.split(
		' ',
	),
);
const enough = 5;
/** One letter of a script without spaces says about as much as three Latin ones. */
const dense = 3;
const sampleLength = 20_000;

/**
 * Is the document written in another language than English (rule M2)? Then verbs can't be told from nouns by the word list,
 * and an ordered list outside of descriptions is taken for steps. Counts function words, and letters outside the Latin script.
 */
export function isForeign(blocks: readonly Block[]): boolean {
	const text = sample(blocks);
	const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
	const elsewhere = (text.match(/\p{L}/gu)?.length ?? 0) - latin;
	if (elsewhere >= 20 && elsewhere * dense > latin / 2) return true;
	let ours = 0;
	let theirs = 0;
	for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
		if (english.has(word)) ours++;
		if (other.has(word)) theirs++;
	}
	return theirs >= enough && theirs > ours;
}

function sample(blocks: readonly Block[]): string {
	let text = '';
	const gather = (some: readonly Block[]): void => {
		for (const block of some) {
			if (text.length > sampleLength) return;
			if (block.type === 'heading' || block.type === 'paragraph') text += `${block.content.map((line) => line.text).join(' ')}\n`;
			else if (block.type === 'list') gather(block.items);
			else if (block.type === 'item' || block.type === 'quote') gather(block.blocks);
		}
	};
	gather(blocks);
	return text;
}
