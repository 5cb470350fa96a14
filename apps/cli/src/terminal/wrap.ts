import { cutWidth, measureWidth } from './text-width.ts';

/**
 * Breaks a text at spaces so that no line is wider than `width`; a word that is wider by itself is cut.
 * Line feeds stay. Always at least one line, at least one grapheme on each.
 */
export function wrapText(text: string, width: number): readonly string[] {
	return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));
}

function wrapLine(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(/ +/).filter((part) => part !== '')) {
		const joined = line === '' ? word : `${line} ${word}`;
		if (measureWidth(joined) <= width) {
			line = joined;
			continue;
		}
		if (line !== '') lines.push(line);
		line = word;
		while (measureWidth(line) > width) {
			const head = cutWidth(line, width) || [...line][0] || '';
			lines.push(head);
			line = line.slice(head.length);
		}
	}
	if (line !== '' || lines.length === 0) lines.push(line);
	return lines;
}
