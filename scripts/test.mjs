/**
 * `npm test`: everything that CI runs, from a clone with nothing installed. `--tests-only` (`npm run test:run`) leaves out types, lint
 * and format. Never touches the system: what is not there is skipped, and said.
 *
 * The last line is `N passed, N failed, N skipped`. It is the sum of what the runners' report files say. Types, lint and format have no
 * report: each counts as one test, judged by its exit code, so that the line can't say "0 failed" when one of them failed. The same holds
 * for building the shop, for a runner that ends badly although its report knows of no failure (one that finds no tests does), and for
 * whatever stops this program itself.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureInstalled } from './steps/installation.mjs';
import { requireNode } from './steps/node-version.mjs';
import { createProgress } from './steps/progress.mjs';
import { root } from './steps/root.mjs';
import { CommandFailed, tryCommand } from './steps/run-command.mjs';
import { ensureShopBuilt } from './steps/shop-build.mjs';
import { describeWhatIsMissing } from './steps/surroundings.mjs';
import { addCounts, countReport, formatCount, NOTHING } from './steps/test-count.mjs';
import { listStaticSteps, tool } from './steps/verify-steps.mjs';

requireNode();
const testsOnly = process.argv.includes('--tests-only');
const reports = join(root, 'reports');
const progress = createProgress();
const log = (/** @type {string} */ name) => join(reports, `${name}.log`);
const ONE_PASSED = { ...NOTHING, passed: 1 };
const ONE_FAILED = { ...NOTHING, failed: 1 };

/** @type {import('./steps/test-count.mjs').Count[]} */
const counts = [];
/** @type {{ file: string, name: string, reason: string }[]} */
const skips = [];

try {
	await ensureInstalled(progress, log('install'));
	if (testsOnly) await judge('Build the packages and the CLI', [tool('tsc'), '-b', 'apps/cli', '--pretty', 'false'], 'build');
	else
		for (const step of listStaticSteps())
			for (const [index, argv] of step.commands.entries()) await judge(nameOf(step, index), argv, `${step.name}-${index}`);

	await runTests('Unit and house tests', ['unit', 'house'], 'unit-house');
	await runTests('Conformance of convex-local', ['conformance'], 'conformance');
	if (await buildShop()) await runTests('Story tests', ['story'], 'story');
} catch (error) {
	counts.push(ONE_FAILED);
	console.error(error instanceof CommandFailed ? error.message : error);
} finally {
	tell();
}

/**
 * One command that counts as one test.
 * @param {string} name
 * @param {string[]} argv
 * @param {string} logName
 */
async function judge(name, argv, logName) {
	const end = await progress.step(name, () => tryCommand(argv, { logFile: log(logName) }));
	counts.push(end.code === 0 ? ONE_PASSED : ONE_FAILED);
	if (end.code !== 0) console.error(`\n${end.output.trimEnd()}\n`);
}

/**
 * @param {import('./steps/verify-steps.mjs').VerifyStep} step
 * @param {number} index
 */
function nameOf(step, index) {
	return step.commands.length === 1 ? step.name : `${step.name} ${index + 1}/${step.commands.length}`;
}

/** @returns {Promise<boolean>} False when there is nothing that the stories could be told on. */
async function buildShop() {
	try {
		if (await ensureShopBuilt(progress, log('shop-build'))) counts.push(ONE_PASSED);
		return true;
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		console.error(`${error.message}\nThe story tests need the shop and were not run.`);
		counts.push(ONE_FAILED);
		return false;
	}
}

/**
 * @param {string} name
 * @param {string[]} projects Vitest projects.
 * @param {string} reportName
 */
async function runTests(name, projects, reportName) {
	const reportFile = join(reports, `${reportName}.json`);
	const skipsFile = join(reports, `${reportName}.skips.json`);
	for (const file of [reportFile, skipsFile]) rmSync(file, { force: true });
	const reporters = ['dot', 'json', './scripts/steps/skip-reporter.mjs'].map((reporter) => `--reporter=${reporter}`);
	const selected = projects.map((project) => `--project=${project}`);
	const argv = [tool('vitest'), 'run', ...reporters, `--outputFile.json=${reportFile}`, ...selected];
	const env = { ...process.env, HOLDFAST_SKIPS_FILE: skipsFile, CI: '1' };
	const end = await progress.step(name, () => tryCommand(argv, { logFile: log(reportName), env }));
	const count = existsSync(reportFile) ? countReport(JSON.parse(readFileSync(reportFile, 'utf8'))) : ONE_FAILED;
	counts.push(count);
	if (end.code !== 0 && count.failed === 0) counts.push(ONE_FAILED);
	if (existsSync(skipsFile)) skips.push(...JSON.parse(readFileSync(skipsFile, 'utf8')));
	if (end.code !== 0) console.error(`\n${end.output.trimEnd()}\n\nAll of it: ${relative(root, log(reportName))}\n`);
}

/** Prints what was left out and why, then the line that counts. */
function tell() {
	const total = addCounts(counts);
	for (const sentence of describeWhatIsMissing()) console.log(sentence);
	/** @type {Map<string, number>} */
	const byReason = new Map();
	for (const skip of skips) {
		const key = `${skip.file}: ${skip.reason}`;
		byReason.set(key, (byReason.get(key) ?? 0) + 1);
	}
	for (const [reason, times] of byReason) console.log(`skipped ${times} in ${reason}`);
	if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
	console.log(formatCount(total));
}
