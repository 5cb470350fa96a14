import { describe, expect, it } from 'vitest';
import { buildRunbook } from './fixtures/build-runbook.ts';
import { shopRunbook } from './fixtures/shop-issues.ts';
import { planDiagnosis } from './plan-diagnosis.ts';

const one = (bind: string | readonly string[]) => buildRunbook([{ title: 'A', symptoms: [{ text: 's', bind }], causes: [], steps: [] }]);
const ids = (plan: ReturnType<typeof planDiagnosis>) => plan.requests.map((request) => request.id);

describe('planDiagnosis', () => {
	it('asks every bound question once, in document order (G19)', () => {
		const plan = planDiagnosis(shopRunbook, { companions: false });
		expect(ids(plan)).toEqual([
			'http.page',
			'http.status',
			'http.latency',
			'convex.reachable',
			'http.assets',
			'http.health',
			'http.redirects',
			'http.cookies',
			'http.csrf',
			'convex.url',
			'vendor.status',
			'net.dns',
			'net.tcp',
			'net.tls',
			'http.caching',
		]);
		expect(plan.requests.find((request) => request.id === 'http.health')?.params).toEqual({ path: '/api/health' });
	});

	it('keeps the same check with other parameters apart', () => {
		expect(
			planDiagnosis(one(['check: http.status path=/a', 'check: http.status path=/b', 'check: http.status path=/a']), {
				companions: false,
			}).requests,
		).toHaveLength(2);
	});

	it('looks at the issues asked about only', () => {
		const plan = planDiagnosis(shopRunbook, { issues: ['performance-is-poor'], companions: false });
		expect(ids(plan)).toEqual(['http.latency', 'http.caching']);
		expect(plan.unbound.every((line) => line.issue === 'performance-is-poor')).toBe(true);
	});

	it('refuses an address that no issue has, and names those there are', () => {
		expect(() => planDiagnosis(shopRunbook, { issues: ['nope'] })).toThrow(
			/expected the address of an issue, got "nope".*shop-does-not-load/,
		);
	});

	it('lets declared bindings win over proposals of the same node (G2)', () => {
		expect(ids(planDiagnosis(one(['[certain] check: http.page', 'check: net.dns'])))).toEqual(['net.dns']);
		expect(ids(planDiagnosis(one(['[certain] check: net.dns', 'ignore: '])))).toEqual([]);
	});

	it('leaves guesses waiting, and says so (G2)', () => {
		const plan = planDiagnosis(one('[guess] check: net.dns'));
		expect(plan.requests).toEqual([]);
		expect(plan.unbound).toMatchObject([{ kind: 'symptom', text: 's', waiting: [{ id: 'net.dns', certainty: 'guess' }] }]);
		expect(ids(planDiagnosis(one('[guess] check: net.dns'), { accept: ['guess'] }))).toEqual(['net.dns']);
	});

	it('adds what explains a blank page though the runbook does not name it (G20)', () => {
		const page = ['http.page', 'http.assets', 'http.redirects', 'release.build', 'env.required', 'env.typo', 'env.format'];
		expect(ids(planDiagnosis(one('check: http.page')))).toEqual(page);
		expect(ids(planDiagnosis(one(['check: http.page', 'check: http.assets'])))).toEqual(page);
	});

	it('adds the companions of companions, and none that is asked already (G20)', () => {
		const plan = planDiagnosis(one(['check: auth.login', 'check: net.dns']));
		expect(ids(plan)).toEqual(expect.arrayContaining(['convex.state', 'convex.url', 'env.required', 'http.csrf', 'http.cookies']));
		expect(plan.requests.filter(({ id }) => id === 'net.dns').map(({ params }) => params)).toEqual([{}, { target: 'convex' }]);
		expect(new Set(ids(plan)).size).toBe(plan.requests.length - 1);
	});

	it('lists the innermost lines that no check looks at', () => {
		const steps = planDiagnosis(shopRunbook).unbound.filter((line) => line.kind === 'step');
		expect(steps.map((line) => line.text)).toContain('Read the logs');
		expect(steps.map((line) => line.text)).not.toContain('Look at Convex');
	});
});
