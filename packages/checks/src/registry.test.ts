import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeService } from './fixtures/check-service.ts';
import { planGraph } from './graph/plan-graph.ts';
import { checkIds, checkList, checks, describeCatalogue, explainCheck, findCheck, findNearestCheck, keyOf } from './registry.ts';

describe('the registry', () => {
	it('has one line for each folder of the catalogue, and each under its id', () => {
		const folders = readdirSync(new URL('./catalogue', import.meta.url)).toSorted();
		expect(checkIds.toSorted(), 'add the missing line to registry.ts, or the folder to catalogue/').toEqual(folders);
		for (const [id, check] of Object.entries(checks)) expect(check.id).toBe(id);
	});

	it('has no check without its test', () => {
		for (const id of checkIds) {
			const files = readdirSync(new URL(`./catalogue/${id}`, import.meta.url));
			expect(
				files.some((name) => name.endsWith('.test.ts')),
				`write catalogue/${id}/index.test.ts`,
			).toBe(true);
		}
	});

	it('can plan every check: prerequisites exist and go in no circle', () => {
		const plan = planGraph(
			checkList.map(({ id }) => ({ id, params: {} })),
			checkList,
			makeService('https://shop.example'),
		);
		expect(plan.ok).toBe(true);
	});
});

describe('each check explains itself', () => {
	it.each(checkIds)('%s', (id) => {
		const explained = explainCheck(id);
		expect(explained?.question).toMatch(/\?$/);
		expect(explained?.explains).toMatch(/ok: /);
		expect(explained?.explains).toMatch(/fail: /);
		for (const param of explained?.params ?? []) {
			expect(param.description, `${id} ${param.name} needs a description`).not.toBe('');
			expect(param.example, `${id} ${param.name} needs an example`).toMatch(new RegExp(`^${param.name}=.`));
		}
	});
});

it('a key is the same for the same question', () => {
	expect(keyOf('http.health', {})).toBe('http.health');
	expect(keyOf('http.health', { path: '/api/health', status: '200' })).toBe('http.health');
	expect(keyOf('http.health', { status: 503, path: '/up' })).toBe('http.health path=/up status=503');
	expect(keyOf('http.health', { expect: '{"status": "ok"}' })).toBe('http.health expect="{\\"status\\": \\"ok\\"}"');
	expect(keyOf('http.health', { nonsense: 1 })).toBeNull();
	expect(keyOf('nonsense', {})).toBeNull();
});

it('names are found, and nearly found', () => {
	expect(findCheck('net.dns')?.title).toBe('The name resolves');
	expect(findCheck('toString')).toBeNull();
	expect(findNearestCheck('http.healthz')).toBe('http.health');
	expect(findNearestCheck('completely different')).toBeNull();
});

it('the catalogue tells kinds, bounds and allowed values', () => {
	const params = describeCatalogue().entries.find(({ id }) => id === 'net.dns')?.params;
	expect(params).toMatchObject([
		{ name: 'target', kind: 'string', required: false, allowed: ['app', 'convex'] },
		{ name: 'warn', kind: 'integer', minimum: 1, maximum: 60_000, default: 1000 },
	]);
});
