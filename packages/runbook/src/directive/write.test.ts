import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Proposal } from '../propose/proposal.ts';
import { bindingOf, emptyRunbook, symptomsAt } from './fixtures/runbook-of.ts';
import { removeBindings } from './remove.ts';
import { planWriting, writeBindings } from './write.ts';

const health = bindingOf('check', 'http.health', {}, { rule: 'B1', certainty: 'certain' });

function proposalAt(line: number, binding = health): Proposal {
	return { address: `line-${line}`, line, binding };
}

function writeAt(text: string, ...lines: readonly number[]): string {
	return writeBindings(
		text,
		symptomsAt(text, lines),
		lines.map((line) => proposalAt(line)),
	);
}

function writeAbove(text: string, line: number, endLine: number, bindings = [health]): string {
	return writeBindings(
		text,
		symptomsAt(text, [], [{ line, endLine }]),
		bindings.map((binding) => ({ address: `code-${line}`, line, binding })),
	);
}

describe('W1 to W4: where a comment goes', () => {
	it.each([
		['W1 a list item', '- Blank page\n', 1, '- Blank page <!-- check: http.health -->\n'],
		['W1 no final newline', '- Blank page', 1, '- Blank page <!-- check: http.health -->'],
		['W1 CRLF', '- Blank page\r\nnext\r\n', 1, '- Blank page <!-- check: http.health -->\r\nnext\r\n'],
		['W1 trailing blanks stay behind it', '**Symptoms**:  \t\nnext', 1, '**Symptoms**: <!-- check: http.health -->  \t\nnext'],
		['W1 a byte order mark', '\ufeff- Seite leer – ganz weiß\n', 1, '\ufeff- Seite leer – ganz weiß <!-- check: http.health -->\n'],
		['W2 a hard break written as backslash', 'one\\\ntwo', 1, 'one <!-- check: http.health -->\\\ntwo'],
		['W2 a backslash at the end of a paragraph', 'one\\', 1, 'one\\ <!-- check: http.health -->'],
		['W3 a heading with closing marks', '## Blank page ##', 1, '## Blank page <!-- check: http.health --> ##'],
		['W3 a heading without', '## Issue #', 1, '## Issue <!-- check: http.health --> #'],
		['W3 a setext heading', 'Blank page\n===\n', 1, 'Blank page <!-- check: http.health -->\n===\n'],
		['W4 a table row', '| a | b |\n|---|---|\n| c | d |\n', 3, '| a | b |\n|---|---|\n| c | d <!-- check: http.health --> |\n'],
		['W4 a row without closing pipe', 'a | b\n--|--\nc | d', 3, 'a | b\n--|--\nc | d <!-- check: http.health -->'],
		['W4 a pipe in code', '| a | b |\n|--|--|\n| c | `x\\|y` |', 3, '| a | b |\n|--|--|\n| c | `x\\|y` <!-- check: http.health --> |'],
		[
			'W4 a row with more cells than its table',
			'| a | b |\n|--|--|\n| c | `x|y` |',
			3,
			'| a | b |\n|--|--|\n| c | `x <!-- check: http.health -->|y` |',
		],
		['W4 a row with fewer', '| a | b |\n|--|--|\n| c |', 3, '| a | b |\n|--|--|\n| c <!-- check: http.health --> |'],
		['W4 an empty last cell', '| a | b |\n|--|--|\n| c | |', 3, '| a | b |\n|--|--|\n| c | <!-- check: http.health --> |'],
		['W6 a code span that runs over the line goes on whole', 'see `one\ntwo` there', 1, 'see `one\ntwo` there <!-- check: http.health -->'],
		['W1 a loose backquote', 'the ` mark', 1, 'the ` mark <!-- check: http.health -->'],
	])('%s', (_, text, line, written) => {
		expect(writeAt(text, line)).toBe(written);
		expect(removeBindings(written)).toBe(text);
	});

	it('W1 keeps several in their order', () => {
		const text = '1. Check health';
		const other = bindingOf('cause', '2');
		const written = writeBindings(text, symptomsAt(text, [1]), [proposalAt(1), proposalAt(1, other)]);
		expect(written).toBe('1. Check health <!-- check: http.health --> <!-- cause: 2 -->');
		expect(removeBindings(written)).toBe(text);
	});
});

describe('W5: a fence gets a line of its own directly above', () => {
	it.each([
		['at the margin', 'run:\n```bash\nls\n```\n', 2, 4, 'run:\n<!-- check: http.health -->\n```bash\nls\n```\n'],
		['inside an item', '1. run\n   ```bash\n   ls\n   ```\n', 2, 4, '1. run\n   <!-- check: http.health -->\n   ```bash\n   ls\n   ```\n'],
		['inside a quote', '> run\n> ```\n> ls\n> ```\r\n', 2, 4, '> run\n> <!-- check: http.health -->\n> ```\n> ls\n> ```\r\n'],
		['that opens an item', '- ```\n  ls\n  ```\n', 1, 3, '- <!-- check: http.health -->\n  ```\n  ls\n  ```\n'],
		[
			'that opens an item in a quote',
			'> 10. ~~~\n>     ls\n>     ~~~\n',
			1,
			3,
			'> 10. <!-- check: http.health -->\n>     ~~~\n>     ls\n>     ~~~\n',
		],
		['with CRLF', 'run\r\n```\r\nls\r\n```', 2, 4, 'run\r\n<!-- check: http.health -->\r\n```\r\nls\r\n```'],
	])('%s', (_, text, line, endLine, written) => {
		expect(writeAbove(text, line, endLine)).toBe(written);
		expect(removeBindings(written)).toBe(text);
	});

	it('writes several one below the other, in their order', () => {
		const text = '  ```\n  ls\n  ```';
		const written = writeAbove(text, 1, 3, [health, bindingOf('ignore', '')]);
		expect(written).toBe('  <!-- check: http.health -->\n  <!-- ignore: -->\n  ```\n  ls\n  ```');
		expect(removeBindings(written)).toBe(text);
	});
});

describe('W6: what cannot be written is said, not forced', () => {
	it('leaves code alone', () => {
		const text = '```\nBlank page\n```\n';
		const plan = planWriting(text, symptomsAt(text, [2]), [proposalAt(2)]);
		expect(plan).toMatchObject({ text, written: [], unwritable: [{ why: 'the line is code or raw HTML' }] });
	});

	it('names an address that the document does not have', () => {
		expect(planWriting('x', emptyRunbook(), [proposalAt(9)])).toMatchObject({
			text: 'x',
			unwritable: [{ why: 'no line of the document has this address' }],
		});
	});

	it('does not write what is declared on that line', () => {
		const text = '- Blank page <!-- check: http.health -->';
		const runbook = symptomsAt(text, [1]);
		const declared = {
			...runbook,
			issues: runbook.issues.map((issue) => ({
				...issue,
				symptoms: issue.symptoms.map((line) => ({ ...line, bindings: [bindingOf('check', 'http.health')] })),
			})),
		};
		expect(planWriting(text, declared, [proposalAt(1)])).toMatchObject({ text, written: [], already: [proposalAt(1)] });
	});
});

describe('W7: taking directives out', () => {
	it.each([
		['ordinary comments stay', 'a <!-- note --> <!-- check: a.b -->', 'a <!-- note -->'],
		['code spans stay', '`<!-- check: a.b -->` x <!-- check: a.b -->', '`<!-- check: a.b -->` x'],
		['fences stay', '```\n<!-- check: a.b -->\n```\n', '```\n<!-- check: a.b -->\n```\n'],
		['what can not be read stays', 'a <!-- check: A -->', 'a <!-- check: A -->'],
		['a directive in the middle of a line', 'a <!-- check: a.b --> b', 'a b'],
		['a directive over several lines', '<!--\ncheck: a.b\n-->\ntext', 'text'],
	])('%s', (_, text, left) => expect(removeBindings(text)).toBe(left));
});

const piece = fc.constantFrom(
	'- Blank page',
	'- [ ] Uptime > 99.9%  ',
	'  - nested `code` item\t',
	'1. **Check Health**:',
	'   ```bash\n   curl https://shop.example/api/health\n   ```',
	'```\n<!-- check: a.b -->\n```',
	'~~~sh\nls\n~~~',
	'> quoted\n> ```\n> ls\n> ```',
	'- ```\n  ls\n  ```',
	'# Title #',
	'Setext\n======',
	'| a | b |\n|---|:--|\n| `x` | y |\n| z |',
	'c | d\n--|--\ne | f  ',
	'plain text with a hard break  \nand `code over\nlines` here\\\nand more',
	'a <!-- note --> b',
	'<!-- alone -->',
	'<div>\n- html\n</div>',
	'    indented code',
	'naïve – “quotes” ‮right-to-left مرحبا',
	'[ref]: https://shop.example "t"',
	'see [link](https://shop.example\n"title") and <b>tag</b>',
	'***',
	'',
	'',
	'## Heading {#anchor}',
	'line\\',
	'a ` b',
	'```unclosed',
);
const documents = fc
	.tuple(fc.array(piece, { minLength: 1, maxLength: 14 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean())
	.map(([pieces, end, final, mark]) => (mark ? '\ufeff' : '') + pieces.join('\n').replaceAll('\n', end) + (final ? end : ''));

describe('W8: over generated documents', () => {
	it('writes without changing the reading, and taking out gives the original bytes back', () => {
		let written = 0;
		fc.assert(
			fc.property(documents, fc.integer({ min: 1, max: 7 }), (text, stride) => {
				const count = text.split(/\r\n|\n/).length;
				const lines = Array.from({ length: count }, (_, index) => index + 1).filter((line) => line % stride === 0);
				const binding = bindingOf('check', 'http.health', { expect: '{"a":"-->|`"}' });
				const plan = planWriting(
					text,
					symptomsAt(text, lines),
					lines.map((line) => proposalAt(line, binding)),
				);
				written += plan.written.length;
				expect(plan.written.length + plan.unwritable.length).toBe(lines.length);
				expect(removeBindings(plan.text)).toBe(text.includes('<!-- check: a.b -->') ? removeBindings(text) : text);
			}),
			{ numRuns: 600 },
		);
		expect(written).toBeGreaterThan(500);
	});
});
