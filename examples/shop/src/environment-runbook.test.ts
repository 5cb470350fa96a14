import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { environment } from './environment.ts';

const runbook = await readFile(path.resolve(import.meta.dirname, '../RUNBOOK.md'), 'utf8');

it('names only variables that the shop declares, or that the reader sets', () => {
	const declared = new Set(environment.report().variables.map((variable) => variable.name));
	const named = new Set([...runbook.matchAll(/`\$?([A-Z][A-Z0-9]*_[A-Z0-9_]+)`/g)].map((match) => match[1] ?? ''));
	expect([...named].filter((name) => !declared.has(name))).toEqual([]);
});

it('names only routes that the shop has', async () => {
	const named = new Set([...runbook.matchAll(/`(\/api\/[a-z/]+)`/g)].map((match) => match[1] ?? ''));
	expect(named.size).toBeGreaterThan(1);
	for (const route of named) await expect(readFile(path.resolve(import.meta.dirname, `app${route}/route.ts`))).resolves.toBeDefined();
});
