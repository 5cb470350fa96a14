/** What breaks and what is left of it: rounds of kill -9 under load, then single faults; each prints what it showed. */
import { runKillRounds } from './chaos/kill-rounds.mjs';
import { scenarios } from './chaos/scenarios.mjs';
import { printFigures, sayProgress } from './figures.mjs';
import { readOptions } from './options.mjs';

const options = readOptions({
	usage: 'node bench/chaos.mjs [--rounds N] [--minutes N] [--seed N] [--only NAME] [--json FILE]',
	about: `Runs the built \`holdfast up\` and breaks what it stands on; parts: kill, ${Object.keys(scenarios).join(', ')}.`,
	options: {
		rounds: { kind: 'number', default: 200, about: 'rounds of kill -9' },
		minutes: { kind: 'number', default: 20, about: 'no round of kill -9 begins after so many' },
		seed: { kind: 'number', default: 4, about: 'draws the instants, and who is killed' },
		only: { kind: 'text', default: null, about: 'these parts alone, with commas' },
		json: { kind: 'text', default: null, about: 'write all rows to this file' },
	},
});
const isWanted = (/** @type {string} */ part) => options.only === null || options.only.split(',').includes(part);
/** @type {object[]} */
const rows = [];
/** @type {Record<string, number>} */
const figures = {};
let isWell = true;

if (isWanted('kill')) {
	const { rows: rounds, lost, doubled, ...rest } = await runKillRounds(options);
	const backMaxS = Math.max(...rounds.map(({ backMs }) => backMs)) / 1000;
	rows.push({ part: 'kill', lost, doubled, ...rest, rounds });
	Object.assign(figures, {
		rounds: rounds.length,
		lost: lost.length,
		doubled: doubled.length,
		back_max_s: backMaxS,
		told: rest.arrived,
		told_again: rest.repeats,
	});
	for (const what of [...lost, ...doubled].slice(0, 20)) sayProgress(`WRONG: ${what}`);
	isWell &&= lost.length === 0 && doubled.length === 0 && backMaxS < 10;
}
let [shown, wrong] = [0, 0];
for (const [name, run] of Object.entries(scenarios)) {
	if (!isWanted(name)) continue;
	const result = await run().catch((/** @type {Error} */ error) => ({ kind: 'wrong', showed: error.message }));
	rows.push({ part: name, ...result });
	console.log(`${name}: ${result.kind === 'skipped' ? 'skipped: ' : result.kind === 'wrong' ? 'WRONG: ' : ''}${result.showed}`);
	if (result.kind === 'shown') shown += 1;
	if (result.kind === 'wrong') wrong += 1;
}
await printFigures('bench:chaos', { ...figures, faults_survived: shown, faults_failed: wrong }, { json: options.json, rows });
process.exitCode = isWell && wrong === 0 ? 0 : 1;
