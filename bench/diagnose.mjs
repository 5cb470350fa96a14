/** How long a diagnosis of all issues takes against a healthy local application, compared with its slowest single check. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findMedian, formatFigure, importBuilt, printFigures, sayProgress } from './figures.mjs';
import { generateRunbook } from './generate.mjs';
import { readOptions } from './options.mjs';
import { startApp } from './start-app.mjs';

const options = readOptions({
	usage: 'node bench/diagnose.mjs [--url URL] [--file RUNBOOK.md] [--json FILE]',
	about: 'Runs the diagnosis of all issues, then each of its checks alone, and `holdfast runbook show` as a whole process.',
	options: {
		url: { kind: 'text', default: null, about: 'a running application; default: a small healthy one started here' },
		file: { kind: 'text', default: null, about: 'runbook; default: the one beside the checkout, else a generated one of 8 KB' },
		delay: { kind: 'number', default: 10, about: 'milliseconds that the small application takes for an answer' },
		runs: { kind: 'number', default: 11, about: 'times that each is run; medians are printed' },
		json: { kind: 'text', default: null, about: 'write all rows to this file' },
	},
});

const bin = fileURLToPath(new URL('../apps/cli/bin/holdfast.js', import.meta.url));
if (!existsSync(bin)) {
	console.error(`expected the command line at ${bin}, got no file. Run: npm run build`);
	process.exit(2);
}
const { readRunbook } = await importBuilt('@holdfast/runbook/read');
const { proposeBindings, applyBindings } = await importBuilt('@holdfast/runbook/propose');
const { describeCatalogue } = await importBuilt('@holdfast/checks/registry');
const { runChecks } = await importBuilt('@holdfast/checks/run');
const { diagnose, planDiagnosis } = await importBuilt('@holdfast/checks/diagnosis');

const text = await readText();
const read = readRunbook(text);
if (!read.ok) {
	console.error(`expected a readable runbook, got: ${read.problems[0]?.message}`);
	process.exit(2);
}
const runbook = applyBindings(read.runbook, proposeBindings(read.runbook, describeCatalogue()));
// Vendors' status pages are out: they are on the network, and this measures what is ours.
const requests = planDiagnosis(runbook).requests.filter((/** @type {{ id: string }} */ request) => !request.id.startsWith('vendor.'));
const app = options.url === null ? await startApp(options.delay) : null;
const url = options.url ?? app?.url ?? '';

try {
	sayProgress(`${requests.length} checks of ${runbook.issues.length} issues against ${url}, ${options.runs} runs each`);
	const whole = await measure(() => runAll(requests));
	reportStates(whole.last);
	/** @type {{ check: string, ms: number }[]} */
	const rows = [];
	for (const request of requests) {
		const alone = await measure(() => runAll([request]));
		rows.push({ check: nameRequest(request), ms: alone.ms });
		sayProgress(`${nameRequest(request).padEnd(40)} ${formatFigure(alone.ms).padStart(8)} ms alone`);
	}
	const slowest = rows.reduce((worst, row) => (row.ms > worst.ms ? row : worst), { check: 'none', ms: 0 });
	console.log(`whole diagnosis ${formatFigure(whole.ms)} ms, slowest check ${slowest.check} ${formatFigure(slowest.ms)} ms`);
	const show = await measureShow();
	await printFigures(
		'bench:diagnose',
		{ wall_ms: whole.ms, slowest_ms: slowest.ms, ratio: whole.ms / slowest.ms, show_ms: show },
		{ json: options.json, rows },
	);
} finally {
	await app?.stop();
}

/** @param {readonly object[]} wanted */
async function runAll(wanted) {
	const startedAt = new Date().toISOString();
	const start = performance.now();
	const observations = await runChecks({ service: describeService(), requests: wanted, vendors: createVendors() });
	const durationMs = performance.now() - start;
	return diagnose({ runbook, observations, asked: null, service: 'bench', startedAt, durationMs });
}

function describeService() {
	return {
		name: 'bench',
		url,
		private: true,
		allowHosts: ['127.0.0.1'],
		routes: [{ path: '/', text: 'Products' }],
		convexUrl: url,
		vendors: [],
	};
}

/** The application answers for the Convex deployment; nothing else is asked of a vendor. */
function createVendors() {
	return {
		statusPage: { readStatus: async () => ({ kind: 'no-answer', code: 'refused', reason: 'not part of this bench' }) },
		convex: {
			readVersion: async (/** @type {string} */ origin, /** @type {AbortSignal} */ signal) => {
				const start = performance.now();
				const response = await fetch(new URL('/version', origin), { signal });
				return { kind: 'answer', value: { version: await response.text(), durationMs: performance.now() - start } };
			},
		},
	};
}

/** @param {() => Promise<any>} run two runs to warm up, then the median of the rest */
async function measure(run) {
	/** @type {number[]} */
	const times = [];
	let last = null;
	for (let index = -2; index < Math.max(1, options.runs); index += 1) {
		const start = performance.now();
		last = await run();
		if (index >= 0) times.push(performance.now() - start);
	}
	return { ms: findMedian(times), last };
}

/** What is not ok on a healthy application is said, since it makes the figures mean less. */
function reportStates(/** @type {any} */ diagnosis) {
	const others = diagnosis.observations.filter((/** @type {any} */ one) => one.state !== 'ok');
	for (const one of others) sayProgress(`${one.state.padEnd(8)} ${one.key}: ${one.reason}`);
	sayProgress(`${diagnosis.observations.length - others.length} of ${diagnosis.observations.length} checks ok, prerequisites included`);
}

/** Whole process, from start to exit. */
async function measureShow() {
	const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
	try {
		const file = join(folder, 'RUNBOOK.md');
		await writeFile(file, text);
		const run = () =>
			promisify(execFile)(process.execPath, [bin, 'runbook', 'show', file, '--json'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
		return (await measure(run)).ms;
	} catch (error) {
		const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
		console.error(`expected \`holdfast runbook show\` to end well, it said: ${said}`);
		process.exitCode = 1;
		return Number.NaN;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function readText() {
	if (options.file !== null) return await readFile(options.file, 'utf8');
	const beside = new URL('../../shared/runbook/PRODUCTION_RUNBOOK.md', import.meta.url);
	return existsSync(beside) ? await readFile(beside, 'utf8') : generateRunbook({ bytes: 8 * 1024 });
}

/** @param {{ id: string, params: Record<string, string | number | boolean> }} request */
function nameRequest({ id, params }) {
	return [id, ...Object.entries(params).map(([name, value]) => `${name}=${value}`)].join(' ');
}
