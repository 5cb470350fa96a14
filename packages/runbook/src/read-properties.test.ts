import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Runbook } from './model.ts';
import { readRunbook } from './read.ts';

const words = fc.constantFrom(
	'Check the logs',
	'Restart `web`',
	'**Symptoms**:',
	'**Possible Causes**:',
	'**Fix:** turn it off',
	'If the queue is stuck:',
	'Uptime > 99.9%',
	'Should return `{"status":"ok"}`',
	'<angle> and [Contact Info]',
	'naïve café 東京 שלום',
	'a | b `c|d`',
	'[x](#y)',
	'https://shop.example/api/health',
	'<!-- check: http.health -->',
	'<!-- plain comment -->',
	'{{ template }} <%= erb %>',
	'    indented code',
	'---',
	'***',
	'\\',
	'`',
	'&amp; &nbsp;',
);
const heading = fc
	.tuple(
		fc.integer({ min: 1, max: 6 }),
		fc.constantFrom(
			'Common Issues',
			'Rollback',
			'Step 1: Look',
			'2. Repair',
			'Contacts',
			'Daily',
			'Useful Commands',
			'QueueStuck',
			'Overview',
		),
	)
	.map(([level, title]) => `${'#'.repeat(level)} ${title}`);
const bullet = fc
	.tuple(fc.nat(4), fc.constantFrom('-', '*', '+', '1.', '2)', '- [ ]', '- [x]', '>'), words)
	.map(([indent, marker, text]) => `${' '.repeat(indent * 2)}${marker} ${text}`);
const fence = fc
	.tuple(
		fc.constantFrom('```', '~~~', '````'),
		fc.constantFrom('', 'bash', 'json', 'sql', 'markdown'),
		fc.array(
			fc.constantFrom('curl -I https://a.example', '# 1. First', '# note', 'SELECT 1;', '{"a":1}', '## not a heading', '<!-- code -->'),
			{ maxLength: 4 },
		),
		fc.boolean(),
	)
	.map(([mark, lang, body, closed]) => [`${mark}${lang}`, ...body, ...(closed ? [mark] : [])].join('\n'));
const table = fc
	.array(words, { minLength: 1, maxLength: 3 })
	.map((rows) => ['| Error | Fix |', '|---|---|', ...rows.map((row) => `| ${row} | x |`)].join('\n'));
const noise = fc.string({ unit: 'grapheme', maxLength: 60 });
const chunk = fc.oneof(heading, bullet, fence, table, words, noise, fc.constant(''));
const document = fc
	.tuple(fc.array(chunk, { maxLength: 40 }), fc.constantFrom('\n', '\r\n', '\r'), fc.constantFrom('', '\uFEFF', '---\ntitle: T\n---\n'))
	.map(([parts, end, head]) => (head + parts.join('\n')).replaceAll('\n', end));

function read(text: string): Runbook | null {
	const result = readRunbook(text);
	return result.ok ? result.runbook : null;
}

describe('any document', () => {
	it('L1 has every non-blank line owned by exactly one node', () => {
		fc.assert(
			fc.property(document, (text) => {
				const runbook = read(text);
				if (runbook === null) return text.includes('\u0000');
				expect(runbook.unowned).toEqual([]);
				const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
				const owned = new Map<number, number>();
				for (const owner of runbook.owners)
					for (let line = owner.line; line <= owner.endLine; line++) owned.set(line, (owned.get(line) ?? 0) + 1);
				lines.forEach((line, index) => {
					if (line.trim() !== '') expect(owned.get(index + 1)).toBe(1);
				});
				return true;
			}),
			{ numRuns: 300 },
		);
	});

	it('A1 gives every node an address of its own and lines inside the document', () => {
		fc.assert(
			fc.property(document, (text) => {
				const runbook = read(text);
				if (runbook === null) return;
				const nodes = [
					...runbook.issues,
					...runbook.fences,
					...runbook.contacts,
					...runbook.checklists,
					...runbook.urls,
					...runbook.commands,
				];
				const addresses = nodes.map((node) => node.address);
				expect(new Set(addresses).size).toBe(addresses.length);
				for (const node of [...nodes, ...runbook.procedures]) {
					expect(node.line).toBeGreaterThanOrEqual(1);
					expect(node.endLine).toBeLessThanOrEqual(runbook.lineCount);
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('A1 keeps the addresses of what stands before when text is added at the end', () => {
		fc.assert(
			fc.property(document, words, (text, more) => {
				// Begun on its second line: a rule on the first may open front matter that only the addition closes.
				const base = `\n${text}\n\n# Tail one\n\nText.\n`;
				const before = read(base);
				const after = read(`${base}\n# Tail two\n\n${more.replace(/[`<]/g, '')}\n`);
				// A document title that stands alone takes part in no address; a second one changes nothing but itself.
				if (before === null || after === null) return;
				const kept = new Set(after.sections.map((section) => section.address));
				for (const section of before.sections) expect(kept.has(section.address)).toBe(true);
			}),
			{ numRuns: 100 },
		);
	});

	it('is read the same way twice', () => {
		fc.assert(
			fc.property(document, (text) => {
				expect(readRunbook(text)).toEqual(readRunbook(text));
			}),
			{ numRuns: 50 },
		);
	});
});
