import type { PreparedMessage } from './prepare-message.ts';

/** The message as plain text: the answer first, then the proof, then what can be done. Ends with a line break. */
export function renderText(message: PreparedMessage): string {
	const blocks = [
		[message.headline, message.status, ...(message.summary === '' ? [] : ['', message.summary])],
		message.diagnosis.flatMap(({ label, lines }) => lines.map((line, index) => `${(index === 0 ? label : '').padEnd(7)}${line}`)),
		message.facts.map(({ label, value }) => `${label}: ${value}`),
		message.links.map(({ label, url }) => `${label}: ${url}`),
	];
	return `${blocks
		.filter((block) => block.length > 0)
		.map((block) => block.join('\n'))
		.join('\n\n')}\n`;
}
