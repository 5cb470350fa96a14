/**
 * Opens convex-test 0.0.60: what it keeps to itself is exported, and four places in it ask hooks. Each place is found by its text, exactly once;
 * another version of convex-test fails here and not somewhere in the middle of a transaction.
 */
import { readFile } from 'node:fs/promises';

/** @import { Plugin } from 'esbuild' */

const PACKAGE = /convex-test\/dist\/index\.js$/;

/** Where a text of convex-test stands and what stands there instead. @type {readonly (readonly [string, string])[]} */
const SEAMS = [
	['    const byType = {\n', '    hooks.wrapCalls(byTypeWithPath);\n    const byType = {\n'],
	[
		'    const run = async (componentPath, handler) => {\n',
		'    const run = (...call) => hooks.aroundOwnWork(() => runOnce(...call));\n    const runOnce = async (componentPath, handler) => {\n',
	],
	[
		'function transactionGlobalOverrides() {\n    return {\n',
		'function transactionGlobalOverrides() {\n    return {\n        ...hooks.transactionGlobals(),\n',
	],
	[
		'async function runScheduledFunction({',
		'function runScheduledFunction(job) {\n    return hooks.aroundScheduled(job, () => runScheduledOnce(job));\n}\nasync function runScheduledOnce({',
	],
];

const EXPORTS = `
const hooks = { wrapCalls() {}, aroundOwnWork: (work) => work(), aroundScheduled: (_job, run) => run(), transactionGlobals: () => ({}) };
export { DatabaseFake, evaluateFieldPath, evaluateRangeFilter, hooks, runScheduledFunction };
`;

/** An entry point \`convex-test-opened\` for a bundle. @returns {Plugin} */
export function openEngine() {
	return {
		name: 'open-engine',
		setup(build) {
			build.onResolve({ filter: /^convex-test-opened$/ }, () => ({ path: 'opened', namespace: 'opened' }));
			build.onLoad({ filter: /.*/, namespace: 'opened' }, () => ({
				contents:
					"export { convexTest, DatabaseFake, evaluateFieldPath, evaluateRangeFilter, hooks, runScheduledFunction } from 'convex-test';",
				resolveDir: import.meta.dirname,
			}));
			build.onLoad({ filter: PACKAGE }, async ({ path: file }) => ({
				contents: openSource(await readFile(file, 'utf8')),
				loader: 'js',
			}));
		},
	};
}

/** @param {string} source of convex-test @returns {string} @throws {Error} when it is not the one that is known */
export function openSource(source) {
	let opened = source;
	for (const [from, to] of SEAMS) {
		const found = opened.split(from).length - 1;
		if (found !== 1)
			throw new Error(
				`Expected ${JSON.stringify(from.trim())} once in convex-test, found it ${found} times. convex-local knows version 0.0.60; install that one.`,
			);
		opened = opened.replace(from, () => to);
	}
	return opened + EXPORTS;
}
