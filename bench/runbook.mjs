/** How long reading a runbook and proposing its bindings takes, and how that grows with the document. */
import { readFile } from 'node:fs/promises';
import { findMedian, fitSlope, formatFigure, importBuilt, printFigures, sayProgress } from './figures.mjs';
import { generateRunbook } from './generate.mjs';
import { readOptions } from './options.mjs';

const options = readOptions({
	usage: 'node bench/runbook.mjs [--file RUNBOOK.md] [--json FILE]',
	about: 'Times reading and binding: a runbook of everyday size warm, one of 1 MB, and 10 KB to 5 MB with the slope (1 is linear).',
	options: {
		file: { kind: 'text', default: null, about: 'everyday runbook; default: the one beside the checkout, else a generated one of 8 KB' },
		budget: { kind: 'number', default: 1500, about: 'milliseconds spent on each size' },
		json: { kind: 'text', default: null, about: 'write all rows to this file' },
	},
});

const KB = 1024;
const sizes = [10, 25, 50, 100, 250, 500, 1024, 2048, 5120].map((kb) => kb * KB);
const beside = new URL('../../shared/runbook/PRODUCTION_RUNBOOK.md', import.meta.url);

const { readRunbook } = await importBuilt('@holdfast/runbook/read');
const { proposeBindings } = await importBuilt('@holdfast/runbook/propose');
const { describeCatalogue } = await importBuilt('@holdfast/checks/registry');
const catalogue = describeCatalogue();

const everyday = await readEveryday();
const rows = [{ document: everyday.name, ...measure(everyday.text, 100) }];
for (const bytes of sizes) {
	const row = { document: `generated ${formatFigure(bytes / KB)} KB`, ...measure(generateRunbook({ bytes })) };
	rows.push(row);
	sayProgress(
		`${row.document.padEnd(24)} ${formatFigure(row.readMs).padStart(8)} ms read ${formatFigure(row.proposeMs).padStart(8)} ms propose  ${row.runs} runs`,
	);
}
const grown = rows.slice(1);
const megabyte = grown.find((row) => row.bytes >= 1024 * KB && row.bytes < 1100 * KB);
const slope = fitSlope(grown.map((row) => ({ bytes: row.bytes, ms: row.totalMs })));
console.log(
	`${everyday.name}: ${formatFigure(rows[0]?.totalMs ?? Number.NaN)} ms warm (median of ${rows[0]?.runs}, best ${formatFigure(rows[0]?.bestMs ?? Number.NaN)}), 10 KB to 5 MB grows with exponent ${slope.toFixed(2)}`,
);
await printFigures(
	'bench:runbook',
	{ parse_ms: rows[0]?.totalMs ?? Number.NaN, parse_1mb_ms: megabyte?.totalMs ?? Number.NaN, slope },
	{ json: options.json, rows },
);

async function readEveryday() {
	if (options.file !== null) return { name: options.file, text: await readFile(options.file, 'utf8') };
	try {
		return { name: 'PRODUCTION_RUNBOOK.md', text: await readFile(beside, 'utf8') };
	} catch (error) {
		if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw error;
		return { name: 'generated 8 KB', text: generateRunbook({ bytes: 8 * KB }) };
	}
}

/**
 * Medians over as many runs as the budget allows, at least three.
 * @param {string} text
 * @param {number} leastWarm runs before, at least so many: the compiler settles after some dozens
 */
function measure(text, leastWarm = 1) {
	/** @type {{ read: number, propose: number }[]} */
	const runs = [];
	const warmUntil = performance.now() + options.budget / 3;
	for (let warm = 0; warm < leastWarm || performance.now() < warmUntil; warm += 1) runOnce(text);
	const deadline = performance.now() + options.budget;
	do runs.push(runOnce(text));
	while (runs.length < 3 || (performance.now() < deadline && runs.length < 500));
	const median = (/** @type {(run: { read: number, propose: number }) => number} */ pick) => findMedian(runs.map(pick));
	return {
		bytes: Buffer.byteLength(text),
		runs: runs.length,
		readMs: median((run) => run.read),
		proposeMs: median((run) => run.propose),
		totalMs: median((run) => run.read + run.propose),
		bestMs: Math.min(...runs.map((run) => run.read + run.propose)),
	};
}

/** @param {string} text */
function runOnce(text) {
	const start = performance.now();
	const result = readRunbook(text);
	const read = performance.now();
	if (!result.ok) throw new Error(`expected a readable runbook, got: ${result.problems[0]?.message}`);
	proposeBindings(result.runbook, catalogue);
	return { read: read - start, propose: performance.now() - read };
}
