import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * One thing to verify: a name and the commands that judge it, in order.
 * @typedef {{ name: string, commands: string[][] }} VerifyStep
 */

/** @param {string} name A program that the packages brought along, run without npx and its start-up time. */
export const tool = (name) => join(root, 'node_modules', '.bin', name);

/**
 * Types, lint and format: each is judged by its exit code.
 * @returns {VerifyStep[]}
 */
export function listStaticSteps() {
	const types = [[tool('tsc'), '-b', '--pretty', 'false']];
	// The shop is compiled by Next.js, which has its own settings: it is no part of the project graph of `tsc -b`.
	if (existsSync(join(root, 'examples/shop/tsconfig.json')))
		types.push([tool('tsc'), '-p', 'examples/shop', '--noEmit', '--pretty', 'false']);
	return [
		{ name: 'types', commands: types },
		{
			name: 'lint',
			commands: [
				[tool('biome'), 'lint', '--error-on-warnings', '.'],
				[tool('oxlint'), '--type-aware', '--deny-warnings'],
			],
		},
		{ name: 'format', commands: [[tool('biome'), 'check', '--linter-enabled=false', '.']] },
	];
}

/**
 * The house tests directly in test/: boundaries, cycles, names, documents. They only read files and take seconds.
 * @returns {VerifyStep}
 */
export function houseRulesStep() {
	const files = readdirSync(join(root, 'test')).filter((file) => file.endsWith('.test.ts'));
	return {
		name: 'boundaries, names, documents',
		commands: [[tool('vitest'), 'run', '--project', 'house', '--reporter', 'dot', ...files.map((file) => `test/${file}`)]],
	};
}
