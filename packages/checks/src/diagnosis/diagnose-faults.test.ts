import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { validateDirectives } from '@holdfast/runbook/directive';
import { applyBindings, proposeBindings } from '@holdfast/runbook/propose';
import { readRunbook } from '@holdfast/runbook/read';
import { describe, expect, it } from 'vitest';
import { describeCatalogue, keyOf } from '../registry.ts';
import { diagnose } from './diagnose.ts';
import { type CauseRef, type Fault, observeFault } from './fixtures/fault.ts';
import { configurationFaults } from './fixtures/faults-configuration.ts';
import { deploymentFaults } from './fixtures/faults-deployment.ts';
import { serverFaults } from './fixtures/faults-server.ts';
import { planDiagnosis } from './plan-diagnosis.ts';

const reading = readRunbook(readFileSync(fileURLToPath(new URL('../../../../examples/shop/RUNBOOK.md', import.meta.url)), 'utf8'));
if (!reading.ok) throw new Error("expected the example's runbook to be readable");
const runbook = applyBindings(reading.runbook, proposeBindings(reading.runbook, describeCatalogue()));
const names = ['load', 'sign-in', 'data', 'slow'] as const;

function judge(fault: Fault, issues?: readonly string[]) {
	const { requests } = planDiagnosis(runbook, issues === undefined ? {} : { issues });
	const observations = observeFault(fault, [...requests, { id: 'tls.certificate', params: {} }, { id: 'net.tcp', params: {} }]);
	return diagnose({ runbook, observations, issues, asked: null, service: 'shop', startedAt: '2026-03-01T03:00:00.000Z', durationMs: 900 });
}

function refOf(line: number): CauseRef {
	const issue = runbook.issues.findIndex((one) => one.causes.some((cause) => cause.line === line));
	const number = runbook.issues[issue]?.causes.findIndex((cause) => cause.line === line) ?? -1;
	return `${names[issue] ?? 'load'}/${number + 1}`;
}

const faults = { ...configurationFaults, ...deploymentFaults, ...serverFaults };

describe("faults of the example, by the example's runbook", () => {
	it.each(Object.entries(faults))('%s', (_name, fault) => {
		const diagnosis = judge(fault);
		const confirmed = diagnosis.issues
			.flatMap((issue) => issue.causes.filter((cause) => cause.verdict === 'confirmed'))
			.map(({ line }) => refOf(line));
		const first = (diagnosis.roots[0]?.causes ?? []).map(({ line }) => refOf(line));
		expect(diagnosis.roots.map(({ code }) => code)).toEqual(fault.roots);
		const allowed = [...fault.causes, ...(fault.also ?? [])];
		expect(confirmed.filter((cause) => !allowed.includes(cause))).toEqual([]);
		if (fault.causes.length > 0) expect(fault.causes).toContain(first[0]);
	});

	it('are asked for by checks that exist, with parameters that they take', () => {
		expect(planDiagnosis(runbook).requests.filter(({ id, params }) => keyOf(id, params) === null)).toEqual([]);
		expect(validateDirectives(reading.runbook, describeCatalogue())).toEqual([]);
	});

	it('are many', () => expect(Object.keys(faults).length).toBeGreaterThanOrEqual(60));

	it('a healthy deployment has none', () => {
		const diagnosis = judge({ fails: {}, causes: [], roots: [] });
		expect(diagnosis.roots).toEqual([]);
		expect(diagnosis.issues.map(({ state }) => state)).toEqual(['well', 'well', 'well', 'well']);
		expect(diagnosis.issues.flatMap(({ causes }) => causes.map(({ verdict }) => verdict))).toEqual(Array(17).fill('ruled-out'));
	});

	it('a healthy deployment without logs, Sentry and figures of visitors is ruled out all the same (G23)', () => {
		const unknown = ['logs.errors', 'sentry.errors', 'sentry.performance', 'convex.logs', 'vitals.p75', 'vendor.status'];
		const diagnosis = judge({ fails: {}, unknown, causes: [], roots: [] });
		expect(diagnosis.issues.flatMap(({ causes }) => causes.map(({ verdict }) => verdict))).toEqual(Array(17).fill('ruled-out'));
	});

	it('two at once give the roots of both, and nothing of neither', () => {
		const entries = Object.entries(faults);
		let pairs = 0;
		for (const [index, [name, one]] of entries.entries()) {
			// Each with a few others, so that every fault is paired and the test stays quick.
			for (const step of [7, 17, 29]) {
				const [other, two] = entries[(index + step) % entries.length] as [string, Fault];
				// What both change is seen once only, so that one of them would be another fault.
				if (Object.keys(one.fails).some((key) => two.fails[key] !== undefined && two.fails[key] !== one.fails[key])) continue;
				pairs += 1;
				const unknown = [...(one.unknown ?? []), ...(two.unknown ?? [])];
				const both = judge({ ...one, fails: { ...two.fails, ...one.fails }, echoes: { ...one.echoes, ...two.echoes }, unknown });
				const strangers = both.roots.filter(({ code }) => ![...one.roots, ...two.roots].includes(code));
				expect(strangers, `${name} and ${other}`).toEqual([]);
			}
		}
		expect(pairs).toBeGreaterThan(50);
	});

	it('the next step is that of the cause, with the fix of its finding (G18)', () => {
		const fault = configurationFaults['session secret of 8 characters'] as Fault;
		const issue = judge(fault).issues[1];
		expect(issue?.causes[0]).toMatchObject({ verdict: 'confirmed', text: expect.stringContaining('session secret') });
		expect(issue?.next?.text).toBe('Look at the session secret');
	});

	it('one issue alone finds what lies beneath it', () => {
		const slow = judge(deploymentFaults['slow query without an index'] as Fault, [runbook.issues[3]?.address ?? '']);
		expect(slow.roots.map(({ code }) => code)).toEqual(['scans.full-scan']);
		const data = judge(configurationFaults['Convex URL under a misspelt name'] as Fault, [runbook.issues[2]?.address ?? '']);
		expect(data.roots.map(({ code }) => code)).toEqual(['env.typo']);
	});
});
