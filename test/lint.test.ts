import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from './house/list-files.ts';

/** Code that breaks one rule each, in a place where the rule holds; and the same in a place where it does not. */
const BAD = {
	'packages/x/src/floating.ts': 'export function go(): void {\n\twork();\n}\nasync function work(): Promise<void> {}\n',
	'packages/x/src/fallback.ts': 'export default function go(): void {}\n',
	'packages/x/src/environment.ts': 'export const home = process.env.HOME;\n',
};
const ALLOWED = {
	'examples/x/src/app/page.tsx': 'export default function Page() {\n\treturn null;\n}\n',
	'scripts/go.mjs': 'console.log(process.env.HOME);\n',
	'packages/x/src/environment.test.ts': 'export const home = process.env.HOME;\n',
};

let folder = '';
let findings: { code: string; filename: string }[] = [];

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'holdfast-lint-'));
	const files = { ...BAD, ...ALLOWED, 'tsconfig.json': '{"compilerOptions":{"strict":true,"jsx":"preserve","types":[]}}' };
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), text);
	}
	copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
	const { stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json'], {
		cwd: folder,
		encoding: 'utf8',
		// It looks for its type-aware half on the path.
		env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}` },
	});
	findings = JSON.parse(stdout).diagnostics;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
	['no-floating-promises', 'packages/x/src/floating.ts'],
	['no-default-export', 'packages/x/src/fallback.ts'],
	['no-process-env', 'packages/x/src/environment.ts'],
])('the rule %s bites', (rule, file) => {
	expect(findings.filter(({ filename }) => filename === file).map(({ code }) => code)).toEqual([expect.stringContaining(rule)]);
});

it('and nothing else is complained about', () => {
	expect(findings.map(({ filename }) => filename).sort()).toEqual(Object.keys(BAD).sort());
});
