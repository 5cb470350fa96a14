import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countReport } from '../../scripts/steps/test-count.mjs';
import { root } from '../house/list-files.ts';

const FILES = {
	'good.test.js': `
		import { describe, expect, it } from 'vitest';
		it('holds', () => expect(1).toBe(1));
		it('does not hold', () => expect(1).toBe(2));
		it.skip('waits (no database)', () => {});
		it('gives up', (context) => context.skip('no browser'));
		it.todo('will be');
		describe.skip('a group (no network)', () => { it('inside', () => {}); });
	`,
	'broken.test.js': "import './gone.js';",
};

let folder = '';
let exitCode: number | null = null;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'holdfast-counting-'));
	for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	const reporters = ['--reporter=json', `--reporter=${join(root, 'scripts/steps/skip-reporter.mjs')}`];
	const argv = [
		join(root, 'node_modules/vitest/vitest.mjs'),
		'run',
		'--root',
		folder,
		...reporters,
		`--outputFile.json=${join(folder, 'report.json')}`,
	];
	const env = { ...process.env, HOLDFAST_SKIPS_FILE: join(folder, 'skips.json'), VITEST: '' };
	exitCode = spawnSync(process.execPath, argv, { cwd: folder, env }).status;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('counts what a real run of the runner reports, the file that does not load included', () => {
	expect(countReport(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')))).toEqual({ passed: 1, failed: 2, skipped: 4 });
	expect(exitCode).not.toBe(0);
});

it('writes down why each test was skipped', () => {
	const skips: { name: string; reason: string }[] = JSON.parse(readFileSync(join(folder, 'skips.json'), 'utf8'));
	expect(Object.fromEntries(skips.map(({ name, reason }) => [name, reason]))).toEqual({
		'waits (no database)': 'no database',
		'gives up': 'no browser',
		'will be': 'no reason given',
		'a group (no network) > inside': 'no network',
	});
});
