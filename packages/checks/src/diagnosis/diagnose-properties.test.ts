import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation, State } from '../contract.ts';
import { listCauseChecks } from './bound-checks.ts';
import { diagnose } from './diagnose.ts';
import { buildWorld, observe } from './fixtures/build-observation.ts';
import { shopRunbook } from './fixtures/shop-issues.ts';
import { findTraits } from './layers.ts';
import type { Diagnosis, JudgedCause } from './model.ts';

const codes = [
	'tcp.refused',
	'redirect.loop',
	'redirect.scheme-loop',
	'status.500',
	'page.blank',
	'assets.empty',
	'latency.slow-connect',
	'other.thing',
];
const ids = buildWorld({ 'tls.certificate': {}, 'http.security-headers': {}, 'some.later-check': {} }).map((one) => one.check);
const keys = buildWorld().map((one) => one.key);

const anyObservation = fc
	.record({
		check: fc.constantFrom(...ids),
		state: fc.constantFrom<State>('ok', 'warn', 'fail', 'unknown'),
		codes: fc.array(fc.constantFrom(...codes), { maxLength: 2 }),
		echoOf: fc.option(fc.constantFrom(...keys, 'net.tls', 'not.there'), { nil: null }),
		subject: fc.constantFrom('https://shop.example/', 'https://shop.example/other', 'shop.example:443', 'elsewhere.example', ''),
	})
	.map(({ check, state, codes, echoOf, subject }): Observation => {
		const healthy = buildWorld().find((one) => one.check === check);
		const echo = state === 'fail' && echoOf !== null ? { echoOf } : {};
		return observe(check, { params: healthy?.params ?? {}, state, codes: state === 'ok' ? [] : codes, subject, ...echo });
	});

const anyWorld = fc.array(anyObservation, { maxLength: 25 });

function judge(observations: readonly Observation[]): Diagnosis {
	return diagnose({
		runbook: shopRunbook,
		observations,
		asked: null,
		service: 'shop',
		startedAt: '2026-03-01T03:00:00.000Z',
		durationMs: 1,
	});
}

function listCauses(diagnosis: Diagnosis): readonly JudgedCause[] {
	return diagnosis.issues.flatMap((issue) => issue.causes);
}

/** The checks a cause is bound to, worked out from the runbook alone. */
function countChecks(cause: JudgedCause): number {
	const issue = shopRunbook.issues.find((one) => one.causes.some((line) => line.address === cause.address));
	const number = (issue?.causes.findIndex((line) => line.address === cause.address) ?? -1) + 1;
	return issue === undefined ? 0 : listCauseChecks(issue, number, ['declared', 'certain', 'likely']).length;
}

function find(diagnosis: Diagnosis, keys: readonly string[]): readonly Observation[] {
	return diagnosis.observations.filter((one) => keys.includes(one.key));
}

describe('diagnose, for any observations', () => {
	it('gives the same verdict in any order (G1)', () => {
		const pair = anyWorld.chain((world) => fc.tuple(fc.constant(world), fc.shuffledSubarray(world, { minLength: world.length })));
		fc.assert(
			fc.property(pair, ([world, shuffled]) => {
				expect(judge(shuffled)).toEqual(judge(world));
			}),
			{ numRuns: 300 },
		);
	});

	it('never confirms a cause without a failing observation that is no echo (G4)', () => {
		fc.assert(
			fc.property(anyWorld, (world) => {
				const diagnosis = judge(world);
				for (const cause of listCauses(diagnosis)) {
					if (cause.verdict !== 'confirmed') continue;
					expect(find(diagnosis, cause.observations).some((one) => one.state === 'fail' && one.echoOf === null)).toBe(true);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('never rules a cause out unless every one of its checks was asked and is ok, suspicions apart (G5, G23)', () => {
		let ruledOut = 0;
		fc.assert(
			fc.property(
				fc.oneof(
					anyWorld,
					anyWorld.map((world) => [...buildWorld(), ...world.slice(0, 2)]),
				),
				(world) => {
					const diagnosis = judge(world);
					for (const cause of listCauses(diagnosis)) {
						if (cause.verdict !== 'ruled-out') continue;
						ruledOut += 1;
						const found = find(diagnosis, cause.observations);
						const known = found.filter((one) => !(one.state === 'unknown' && findTraits(one.check).circumstantial));
						expect(known.length > 0 && known.every((one) => one.state === 'ok')).toBe(true);
						expect(found.length).toBe(countChecks(cause));
					}
				},
			),
			{ numRuns: 300 },
		);
		expect(ruledOut).toBeGreaterThan(100);
	});

	it('holds every failing observation in one root or in the advice (G10, G14)', () => {
		fc.assert(
			fc.property(anyWorld, (world) => {
				const diagnosis = judge(world);
				const rooted = diagnosis.roots.flatMap((root) => [root.observation, ...root.echoes]);
				expect(new Set(rooted).size).toBe(rooted.length);
				const shown = new Set([...rooted, ...diagnosis.advice.map((one) => one.observation)]);
				const apart = (key: string) => /^(vendor\.status|http\.caching|http\.security-headers)/.test(key);
				for (const one of diagnosis.observations) if (one.state === 'fail' && !apart(one.key)) expect(shown).toContain(one.key);
			}),
			{ numRuns: 300 },
		);
	});

	it('calls no issue well while one of its checks fails, and none failing while none does (G16)', () => {
		fc.assert(
			fc.property(anyWorld, (world) => {
				for (const issue of judge(world).issues) {
					if (issue.state === 'failing') expect(world.some((one) => one.state === 'fail')).toBe(true);
					if (issue.causes.some((cause) => cause.verdict === 'confirmed')) expect(issue.state).toBe('failing');
					if (issue.symptoms.some((symptom) => symptom.verdict === 'seen')) expect(issue.state).toBe('failing');
				}
			}),
			{ numRuns: 300 },
		);
	});
});
