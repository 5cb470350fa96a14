import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { root } from './root.mjs';

/**
 * A reporter that writes down which tests were skipped and why, which the JSON report leaves out.
 * The reason is what the test gave to `context.skip(reason)`; without one, the words in brackets at the end of its own or its
 * group's name: `describe.skipIf(absent)('the corpus (no ../shared beside the checkout)')`.
 * The file is named by HOLDFAST_SKIPS_FILE.
 */
export default class SkipReporter {
	/** @param {ReadonlyArray<import('vitest/node').TestModule>} testModules */
	onTestRunEnd(testModules) {
		const file = process.env.HOLDFAST_SKIPS_FILE;
		if (!file) return;
		const skips = [];
		for (const testModule of testModules) {
			for (const test of testModule.children.allTests()) {
				const result = test.result();
				if (result.state !== 'skipped') continue;
				const note = 'note' in result ? result.note : undefined;
				skips.push({ file: relative(root, testModule.moduleId), name: test.fullName, reason: note ?? findReason(test.fullName) });
			}
		}
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, JSON.stringify(skips, null, '\t'));
	}
}

/**
 * @param {string} fullName Names from the outermost group to the test, joined by ` > `.
 * @returns {string} `no reason given` when no part ends in brackets.
 */
export function findReason(fullName) {
	for (const part of fullName.split(' > ').reverse()) {
		const reason = /\(([^()]+)\)\s*$/.exec(part)?.[1];
		if (reason !== undefined) return reason;
	}
	return 'no reason given';
}
