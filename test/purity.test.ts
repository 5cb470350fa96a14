import { describe, expect, it } from 'vitest';
import { isCode, isTestCode, listFiles, readText } from './house/list-files.ts';
import { judgePurity } from './house/purity-rules.ts';

describe('judgePurity', () => {
	it.each([
		['packages/runbook/src/read.ts', 'const at = Date.now();', 'reads the clock'],
		['packages/runbook/src/read.ts', 'const at = new Date();', 'reads the clock'],
		['packages/runbook/src/read.ts', 'setTimeout(go, 1);', 'waits for a timer'],
		['packages/runbook/src/read.ts', 'const a = Math.random();', 'rolls dice'],
		['packages/runbook/src/read.ts', 'const a = process.env.HOME;', 'world outside'],
		['packages/checks/src/diagnosis/rank.ts', 'await fetch(url);', 'world outside'],
		['packages/checks/src/diagnosis/rank.ts', 'run({ now: Date.now });', 'reads the clock'],
		['packages/engine/src/operations/check/run.ts', '\n\nnew Date()', ':3 reads the clock'],
	])('refuses in %s: %s', (file, source, words) => {
		expect(judgePurity(file, source).join()).toContain(words);
	});

	it.each([
		['packages/runbook/src/read.ts', "// Date.now()\nconst a = 'Math.random()';"],
		['packages/runbook/src/read.ts', 'const at = new Date(now);'],
		['packages/runbook/src/read.ts', 'this.fetch(a); child.process.b;'],
		['packages/checks/src/probe/http-probe.ts', 'const at = performance.now();'],
		['packages/engine/src/local.ts', 'const now = () => Date.now();'],
	])('allows in %s: %s', (file, source) => {
		expect(judgePurity(file, source)).toEqual([]);
	});
});

it('what reasons over values reads no clock, rolls no dice and asks nobody', () => {
	const files = listFiles().filter((file) => isCode(file) && !isTestCode(file));
	expect(files.flatMap((file) => judgePurity(file, readText(file)))).toEqual([]);
});
