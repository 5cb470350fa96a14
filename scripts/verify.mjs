/**
 * `npm run verify [step…]`: types, lint, format and the house rules. Takes seconds, needs no database, no browser and no network.
 * With names (`types`, `lint`, `format`) only those run. All of them run even when one fails, so that one call shows everything.
 */
import { join } from 'node:path';
import { ensureInstalled } from './steps/installation.mjs';
import { requireNode } from './steps/node-version.mjs';
import { createProgress } from './steps/progress.mjs';
import { root } from './steps/root.mjs';
import { CommandFailed, tryCommand } from './steps/run-command.mjs';
import { houseRulesStep, listStaticSteps } from './steps/verify-steps.mjs';

requireNode();
const wanted = process.argv.slice(2);
const progress = createProgress();
const logs = join(root, 'reports');

try {
	await ensureInstalled(progress, join(logs, 'install.log'));
	const steps = [...listStaticSteps(), houseRulesStep()];
	const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
	if (unknown.length > 0) {
		console.error(`No such step: ${unknown.join(', ')}. Expected ${steps.map((step) => `"${step.name}"`).join(', ')}, or nothing for all.`);
		process.exit(2);
	}
	const failed = [];
	for (const step of steps) {
		if (wanted.length > 0 && !wanted.includes(step.name)) continue;
		if (!(await isGood(step))) failed.push(step.name);
	}
	if (failed.length > 0) {
		console.error(`Not good: ${failed.join('; ')}.`);
		process.exitCode = 1;
	}
} catch (error) {
	if (!(error instanceof CommandFailed)) throw error;
	console.error(error.message);
	process.exitCode = 1;
}

/** @param {import('./steps/verify-steps.mjs').VerifyStep} step */
async function isGood(step) {
	for (const [index, argv] of step.commands.entries()) {
		const logFile = join(logs, `${step.name.split(',')[0]}-${index}.log`);
		const what = step.commands.length === 1 ? step.name : `${step.name} ${index + 1}/${step.commands.length}`;
		const end = await progress.step(what, () => tryCommand(argv, { logFile }));
		if (end.code === 0) continue;
		console.error(`${end.output.trimEnd()}\n`);
		return false;
	}
	return true;
}
