/**
 * Makes runbooks of any size, shaped as real ones are: issues with symptoms, causes and steps, procedures, checklists, contacts,
 * commands. The same size and seed give the same text. `node bench/generate.mjs --kb 100` prints one.
 */
import { pathToFileURL } from 'node:url';
import { readOptions } from './options.mjs';
import { writeAppendix, writeChecklists, writeContacts, writeIssue, writeProcedure } from './runbook-parts.mjs';

/**
 * @param {{ bytes: number, seed?: number }} options at least so many bytes of UTF-8, and at most one part more
 * @returns {string}
 */
export function generateRunbook({ bytes, seed = 1 }) {
	const random = createRandom(seed);
	const parts = ['# Operations of the shop\n\nWhat to look at and what to do when the shop misbehaves.\n\n'];
	let size = Buffer.byteLength(parts[0] ?? '');
	const add = (/** @type {string} */ text) => {
		parts.push(text);
		size += Buffer.byteLength(text);
	};
	for (let chapter = 1; size < bytes; chapter += 1) {
		add(`## Known problems, part ${chapter}\n\n`);
		for (let index = 1; index <= 4 && size < bytes; index += 1) add(writeIssue(random, `${chapter}.${index}`));
		if (size < bytes) add(`## Procedures, part ${chapter}\n\n`);
		for (let index = 1; index <= 3 && size < bytes; index += 1) add(writeProcedure(random, `${chapter}.${index}`));
		if (size < bytes) add(writeChecklists(random, chapter));
		if (size < bytes) add(writeContacts(random, chapter));
		if (size < bytes) add(writeAppendix(random, chapter));
	}
	return parts.join('');
}

/** Mulberry32: small, quick, good enough to choose words. @param {number} seed */
function createRandom(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const options = readOptions({
		usage: 'node bench/generate.mjs [--kb 8] [--seed 1]',
		about: 'Prints a generated runbook.',
		options: {
			kb: { kind: 'number', default: 8, about: 'size in KB (1 KB = 1024 bytes)' },
			seed: { kind: 'number', default: 1, about: 'another seed gives another text' },
		},
	});
	process.stdout.write(generateRunbook({ bytes: options.kb * 1024, seed: options.seed }));
}
