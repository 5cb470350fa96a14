/**
 * Breaks the example deployment in every way that its runbook knows, and some that it does not, asks for a diagnosis each time, and
 * grades it: detected?, first cause right?, consequences listed as causes?, false alarms on the healthy deployment?
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { bin } from './faults/ask.mjs';
import { catalogue, nameGroup } from './faults/catalogue.mjs';
import { grade, listFalseAlarms } from './faults/grade.mjs';
import { showGroups, showRow } from './faults/table.mjs';
import { openWorld } from './faults/world/open-world.mjs';
import { printFigures, sayProgress } from './figures.mjs';
import { readOptions } from './options.mjs';

const options = readOptions({
	usage: 'node bench/faults.mjs [--only TEXT] [--controls N] [--json FILE] [--keep]',
	about: 'Every fault is made from outside on a deployment of its own, diagnosed with the built command line, graded and mended.',
	options: {
		only: { kind: 'text', default: null, about: 'only faults whose id or group contains this; several by comma' },
		controls: { kind: 'number', default: 20, about: 'diagnoses of the healthy deployment, spread over the run' },
		json: { kind: 'text', default: null, about: 'write all rows to this file' },
		keep: { kind: 'flag', default: false, about: 'keep the folder with logs and configuration' },
		explain: { kind: 'flag', default: false, about: 'print roots, causes and failing checks of whatever is not right' },
	},
});

if (!existsSync(bin)) {
	console.error(`expected the command line at ${bin}, got no file. Run: npm run build`);
	process.exit(2);
}
const wanted = options.only === null ? null : options.only.split(',');
const chosen = catalogue.filter(
	(fault) => wanted === null || wanted.some((word) => fault.id.includes(word) || nameGroup(fault).includes(word)),
);
if (chosen.length === 0) {
	console.error(`--only ${options.only}: expected part of a fault's id or group, got none that fits. All: npx holdfast dev faults`);
	process.exit(2);
}

/** Share of faults whose cause must stand first. */
const LEAST_TOP1 = 0.95;
const startedAt = performance.now();
/** @type {import('./faults/table.mjs').Row[]} */
const rows = [];
/** @type {string[]} */
const alarms = [];
/** @type {{ id: string, why: string, hindered: boolean }[]} */
const unmade = [];
let controls = 0;
const stop = new AbortController();
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(name, () => stop.abort());

sayProgress(`starting the deployment: ${chosen.length} faults, ${options.controls} control runs`);
const world = await openWorld();
try {
	for (const [index, fault] of chosen.entries()) {
		if (stop.signal.aborted) break;
		while (controls < options.controls && controls <= (index * options.controls) / chosen.length) await runControl();
		const hindrance = fault.hindrance?.(world) ?? null;
		if (hindrance === null) await runFault(fault);
		else {
			unmade.push({ id: fault.id, why: hindrance, hindered: true });
			sayProgress(`not made ${fault.id}: ${hindrance}`);
		}
	}
	while (!stop.signal.aborted && controls < options.controls) await runControl();
} finally {
	await world.close();
	if (options.keep) console.error(`kept: ${world.folder}`);
	else await rm(world.folder, { recursive: true, force: true });
}
if (stop.signal.aborted) {
	console.error('interrupted: everything that was started is stopped');
	process.exit(130);
}
const count = (/** @type {(row: import('./faults/table.mjs').Row) => boolean} */ test) => rows.filter(test).length;
console.log(`\n${showGroups(rows).join('\n')}\n`);
for (const { id, why } of unmade) console.log(`not made: ${id}: ${why}`);
for (const alarm of alarms) console.log(`false alarm: ${alarm}`);
await printFigures(
	'bench:faults',
	{
		faults: rows.length,
		detected: count(({ detected }) => detected),
		top1: count(({ top1 }) => top1),
		echoes: rows.flatMap(({ echoes }) => echoes).length,
		false_alarms: alarms.length,
		controls,
		seconds: Math.round((performance.now() - startedAt) / 1000),
	},
	{ json: options.json, rows },
);

const share = rows.length === 0 ? 0 : count(({ top1 }) => top1) / rows.length;
const broken = unmade.filter(({ hindered }) => !hindered).length;
const isWell =
	broken === 0 && alarms.length === 0 && count(({ detected }) => !detected) === 0 && rows.every(({ echoes }) => echoes.length === 0);
if (!isWell || share < LEAST_TOP1) process.exitCode = 1;

/** @param {import('./faults/fault.mjs').Fault} fault */
async function runFault(fault) {
	try {
		await world.begin();
		await fault.make(world);
		const { told, seconds } = await world.diagnose(fault.browser === true ? [] : ['--no-browser']);
		const row = { id: fault.id, group: nameGroup(fault), title: fault.title, seconds, ...grade(fault, told) };
		rows.push(row);
		sayProgress(`${String(rows.length).padStart(2)}/${chosen.length} ${showRow(row)}`);
		if (options.explain && (!row.top1 || row.echoes.length > 0)) explain(told);
	} catch (error) {
		unmade.push({ id: fault.id, why: error instanceof Error ? error.message : String(error), hindered: false });
		sayProgress(`not made ${fault.id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
	} finally {
		await world.mend();
	}
}

async function runControl() {
	controls += 1;
	await world.begin();
	// Every fourth with the browser, whose walk takes most of the time.
	const { told, seconds } = await world.diagnose(controls % 4 === 1 && world.hasBrowser ? [] : ['--no-browser']);
	const found = listFalseAlarms(told);
	alarms.push(...found);
	sayProgress(`control ${controls}: ${found.length === 0 ? 'nothing confirmed' : found.join(', ')} ${seconds.toFixed(1)} s`);
	if (options.explain && found.length > 0) explain(told);
}

/** @param {Awaited<ReturnType<typeof world.diagnose>>['told']} told */
function explain(told) {
	for (const root of told.roots)
		console.error(`    root ${root.code}: ${root.message} → ${root.causes.map(({ text }) => text).join(' | ') || 'no cause'}`);
	for (const issue of told.issues)
		for (const cause of issue.causes)
			if (cause.verdict !== 'ruled-out')
				console.error(`    ${issue.title} / ${cause.text.slice(0, 50)}: ${cause.verdict}: ${cause.reason}`);
	for (const seen of told.observations)
		if (seen.state === 'fail' || seen.state === 'warn' || (seen.state === 'unknown' && seen.applicable !== false))
			console.error(`    ${seen.state} ${seen.key}${seen.echoOf === null ? '' : ' (echo)'}: ${seen.reason}`);
}
