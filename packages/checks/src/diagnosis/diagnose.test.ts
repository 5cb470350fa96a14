import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import { buildWorld } from './fixtures/build-observation.ts';
import { shopRunbook } from './fixtures/shop-issues.ts';
import { fail, loop, type World, worlds } from './fixtures/worlds.ts';
import type { Diagnosis } from './model.ts';

function judge(changes: World['changes']): Diagnosis {
	return diagnose({
		runbook: shopRunbook,
		observations: buildWorld(changes),
		asked: null,
		service: 'shop',
		startedAt: '2026-03-01T03:00:00.000Z',
		durationMs: 900,
	});
}

function findCause(diagnosis: Diagnosis, name: string) {
	const [issue, cause] = name.split('.').map(Number);
	const address = shopRunbook.issues[(issue ?? 0) - 1]?.causes[(cause ?? 0) - 1]?.address;
	return diagnosis.issues.flatMap((one) => one.causes).find((one) => one.address === address);
}

/** `issue.number` of the lines with a verdict. */
function listNumbers(
	lines: readonly (readonly { readonly line: number; readonly verdict: string }[])[],
	verdict: string,
): readonly string[] {
	return lines.flatMap((ofIssue, issue) => {
		const inOrder = ofIssue.toSorted((a, b) => a.line - b.line);
		return inOrder.flatMap((line, index) => (line.verdict === verdict ? [`${issue + 1}.${index + 1}`] : []));
	});
}

const letters = { failing: 'f', warning: 'w', well: 'g', unknown: 'u' };

describe('diagnose, world by world', () => {
	for (const [name, world] of Object.entries(worlds)) {
		it(`${name} (${world.shows})`, () => {
			const diagnosis = judge(world.changes);
			expect(diagnosis.roots.map((root) => root.code)).toEqual(world.roots);
			expect(
				listNumbers(
					diagnosis.issues.map((issue) => issue.causes),
					'confirmed',
				),
			).toEqual(world.confirmed ?? []);
			expect(diagnosis.issues.map((issue) => letters[issue.state]).join('')).toBe(world.states);
			if (world.seen)
				expect(
					listNumbers(
						diagnosis.issues.map((issue) => issue.symptoms),
						'seen',
					),
				).toEqual(world.seen);
			for (const [cause, words] of world.says ?? []) expect(findCause(diagnosis, cause)?.reason).toMatch(words);
			for (const [issue, step] of world.next ?? []) expect(diagnosis.issues[issue - 1]?.next?.text ?? null).toBe(step);
		});
	}

	it('gives each failing observation to exactly one root (G10)', () => {
		for (const world of Object.values(worlds)) {
			const diagnosis = judge(world.changes);
			const held = diagnosis.roots.flatMap((root) => [root.observation, ...root.echoes]);
			expect(new Set(held).size).toBe(held.length);
		}
	});

	it('lists advice apart, with its fix (G14)', () => {
		const diagnosis = judge({
			'http.security-headers': fail('headers.csp', 'Send a policy.'),
			'http.caching': { state: 'warn', codes: ['caching.html'] },
		});
		expect(diagnosis.advice.map((one) => [one.code, one.fix])).toEqual([
			['headers.csp', 'Send a policy.'],
			['caching.html', null],
		]);
	});

	it('hands the fix of the root to the next step, also beyond the runbook (G18)', () => {
		const next = judge({ 'http.redirects': loop }).issues[1]?.next;
		expect(next).toMatchObject({ text: 'Look at the session secret', fix: 'Forward X-Forwarded-Proto: https.' });
		expect(next?.why).toMatch(/no step of the runbook/);
	});

	it('says how to make an unknown cause known (G6)', () => {
		const diagnosis = judge({ 'http.csrf': { state: 'unknown', reason: 'No token endpoint.', enable: 'Mount the route.' } });
		expect(findCause(diagnosis, '2.2')?.enable).toBe('Mount the route.');
		expect(findCause(diagnosis, '1.4')?.enable).toBe('holdfast runbook bind --accept guess');
	});

	it('ranks causes: confirmed, could not tell, ruled out (G17)', () => {
		const verdicts = judge({ 'http.csrf': fail('csrf.good-refused') }).issues[1]?.causes.map((cause) => cause.verdict);
		expect(verdicts).toEqual(['confirmed', 'could-not-tell', 'could-not-tell', 'ruled-out']);
	});
});
