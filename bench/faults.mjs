/**
 * Breaks the example deployment in every way that its runbook knows, and some that it does not, asks for a diagnosis each time, and
 * grades it: detected?, first cause right?, consequences listed as causes?, false alarms on the healthy deployment?
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { bin } from './faults/ask.mjs';
import { catalogue, findFault, nameGroup } from './faults/catalogue.mjs';
import { controls } from './faults/controls.mjs';
import { explain } from './faults/explain.mjs';
import { grade, gradeTogether, listFalseAlarms } from './faults/grade.mjs';
import { pairs } from './faults/pairs.mjs';
import { closeBrowser } from './faults/symptoms/browser.mjs';
import { showGroups, showRow } from './faults/table.mjs';
import { findHindrance, tryFaults } from './faults/try-faults.mjs';
import { openWorld } from './faults/world/open-world.mjs';
import { printFigures, sayProgress } from './figures.mjs';
import { readOptions } from './options.mjs';

const options = readOptions({
	usage: 'node bench/faults.mjs [--only TEXT] [--controls N] [--symptoms] [--json FILE] [--keep] [--explain]',
	about: 'Every fault is made from outside on a deployment of its own, diagnosed with the built command line, graded and mended.',
	options: {
		only: { kind: 'text', default: null, about: 'only faults and pairs whose id or group contains this; several by comma' },
		controls: { kind: 'number', default: 20, about: 'diagnoses of the healthy deployment, spread over the run' },
		json: { kind: 'text', default: null, about: 'write all rows to this file' },
		keep: { kind: 'flag', default: false, about: 'keep the folder with logs and configuration' },
		symptoms: { kind: 'flag', default: false, about: 'no diagnosis: only see that each fault shows, and is gone when it is mended' },
		explain: { kind: 'flag', default: false, about: 'print roots, causes and failing checks of whatever is not right' },
	},
});

if (!existsSync(bin)) {
	console.error(`expected the command line at ${bin}, got no file. Run: npm run build`);
	process.exit(2);
}

/**
 * @typedef {object} Trial
 * @property {string} id
 * @property {string} group
 * @property {string} title
 * @property {'known' | 'unknown' | 'pair'} kind
 * @property {readonly import('./faults/fault.mjs').Fault[]} faults
 */

/** @type {Trial[]} */
const trials = [
	...catalogue.map((fault) => ({
		id: fault.id,
		group: nameGroup(fault),
		title: fault.title,
		kind: /** @type {Trial['kind']} */ (fault.id.startsWith('unknown-') ? 'unknown' : 'known'),
		faults: [fault],
	})),
	...pairs.map((ids) => {
		const faults = ids.map((id) => findFault(id) ?? fail(`pairs: there is no fault ${id}`));
		return {
			id: ids.join('+'),
			group: 'pairs',
			title: faults.map(({ title }) => title).join('; '),
			kind: /** @type {const} */ ('pair'),
			faults,
		};
	}),
];
const wanted = options.only === null ? null : options.only.split(',');
const chosen = trials.filter(({ id, group }) => wanted === null || wanted.some((word) => id.includes(word) || group.includes(word)));
if (chosen.length === 0) {
	console.error(`--only ${options.only}: expected part of a fault's id or group, got none that fits. All: npx holdfast dev faults`);
	process.exit(2);
}

/** Share of faults whose cause must stand first. */
const LEAST_TOP1 = 0.95;
const startedAt = performance.now();
/** @type {(import('./faults/table.mjs').Row & { kind: Trial['kind'] })[]} */
const rows = [];
/** @type {string[]} */
const alarms = [];
/** @type {{ id: string, why: string, hindered: boolean }[]} */
const unmade = [];
const controlCount = options.symptoms ? 0 : options.controls;
let controlled = 0;
let shown = 0;
const stop = new AbortController();
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(name, () => stop.abort());

sayProgress(`starting the deployment: ${chosen.length} faults and pairs, ${controlCount} control runs`);
const world = await openWorld();
try {
	for (const [index, trial] of chosen.entries()) {
		if (stop.signal.aborted) break;
		while (controlled < controlCount && controlled <= (index * controlCount) / chosen.length) await runControl();
		const hindrance = trial.faults.map((fault) => findHindrance(world, fault)).find((why) => why !== null) ?? null;
		if (hindrance === null) await run(trial);
		else {
			unmade.push({ id: trial.id, why: hindrance, hindered: true });
			sayProgress(`not made ${trial.id}: ${hindrance}`);
		}
	}
	while (!stop.signal.aborted && controlled < controlCount) await runControl();
} finally {
	await world.close();
	await closeBrowser();
	if (options.keep) console.error(`kept: ${world.folder}`);
	else await rm(world.folder, { recursive: true, force: true });
}
if (stop.signal.aborted) {
	console.error('interrupted: everything that was started is stopped');
	process.exit(130);
}
await report();

/** @param {Trial} trial */
async function run(trial) {
	try {
		const { seen, diagnosis } = await tryFaults(world, trial.faults, { diagnoses: !options.symptoms });
		shown += 1;
		if (diagnosis === null) {
			sayProgress(`${String(shown).padStart(3)}/${chosen.length} ${trial.id.padEnd(34)} ${seen.join(' | ').slice(0, 110)}`);
			return;
		}
		const { told, seconds } = diagnosis;
		const [only] = trial.faults;
		const graded = trial.kind === 'pair' || only === undefined ? gradeTogether(trial.faults, told) : grade(only, told);
		const row = { id: trial.id, group: trial.group, title: trial.title, kind: trial.kind, seen, seconds, ...graded };
		rows.push(row);
		sayProgress(`${String(rows.length).padStart(3)}/${chosen.length} ${showRow(row)}`);
		if (options.explain && (!row.top1 || row.echoes.length > 0)) explain(told);
	} catch (error) {
		unmade.push({ id: trial.id, why: error instanceof Error ? error.message : String(error), hindered: false });
		sayProgress(`not made ${trial.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	}
}

async function runControl() {
	const control = controls[controlled % controls.length];
	controlled += 1;
	if (control === undefined) return;
	await world.begin();
	try {
		await control.prepare(world);
		const { told, seconds } = await world.diagnose(control.browser === true && world.hasBrowser ? [] : ['--no-browser']);
		const found = listFalseAlarms(told);
		alarms.push(...found.map((alarm) => `${control.name}: ${alarm}`));
		sayProgress(
			`control ${controlled}, ${control.name}: ${found.length === 0 ? 'nothing confirmed' : found.join(', ')} ${seconds.toFixed(1)} s`,
		);
		if (options.explain && found.length > 0) explain(told);
	} finally {
		await world.mend();
	}
}

async function report() {
	const failed = unmade.filter(({ hindered }) => !hindered);
	for (const { id, why } of unmade) console.log(`not made: ${id}: ${why}`);
	if (options.symptoms) {
		console.log(`bench:faults: shown=${shown} unmade=${failed.length} seconds=${Math.round((performance.now() - startedAt) / 1000)}`);
		if (failed.length > 0) process.exitCode = 1;
		return;
	}
	console.log(`\n${showGroups(rows).join('\n')}\n`);
	for (const alarm of alarms) console.log(`false alarm: ${alarm}`);
	const of = (/** @type {Trial['kind']} */ kind) => rows.filter((row) => row.kind === kind);
	const count = (/** @type {readonly typeof rows[number][]} */ among, /** @type {(row: typeof rows[number]) => boolean} */ test) =>
		among.filter(test).length;
	const known = of('known');
	const figures = {
		faults: known.length,
		detected: count(known, ({ detected }) => detected),
		top1: count(known, ({ top1 }) => top1),
		echoes: rows.flatMap(({ echoes }) => echoes).length,
		left_open: known.reduce((sum, { couldNotTell }) => sum + couldNotTell, 0),
		unknown: of('unknown').length,
		unknown_right: count(of('unknown'), ({ top1, confirmed }) => top1 && confirmed.length === 0),
		pairs: of('pair').length,
		pairs_right: count(of('pair'), ({ detected, top1 }) => detected && top1),
		false_alarms: alarms.length,
		controls: controlled,
		unmade: unmade.length,
		seconds: Math.round((performance.now() - startedAt) / 1000),
	};
	const isWell =
		failed.length === 0 &&
		figures.false_alarms === 0 &&
		figures.echoes === 0 &&
		rows.every(({ detected }) => detected) &&
		figures.top1 >= LEAST_TOP1 * figures.faults &&
		figures.unknown_right === figures.unknown;
	if (!isWell) process.exitCode = 1;
	return printFigures('bench:faults', figures, { json: options.json, rows });
}

/** @param {string} message @returns {never} */
function fail(message) {
	throw new Error(message);
}
