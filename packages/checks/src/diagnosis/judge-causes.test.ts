import { describe, expect, it } from 'vitest';
import type { Observation } from '../contract.ts';
import { diagnose } from './diagnose.ts';
import { observe } from './fixtures/build-observation.ts';
import { buildRunbook, type LineSketch } from './fixtures/build-runbook.ts';

function judge(causes: readonly LineSketch[], observations: readonly Observation[]) {
	const runbook = buildRunbook([{ title: 'A', symptoms: [], causes, steps: [] }]);
	const diagnosis = diagnose({ runbook, observations, asked: null, service: 's', startedAt: '', durationMs: 0 });
	const byLine = (diagnosis.issues[0]?.causes ?? []).toSorted((a, b) => a.line - b.line);
	return { diagnosis, causes: byLine };
}

describe('judgeCauses', () => {
	it('does not choose between causes that share the failing check (G11)', () => {
		const both = [
			{ text: 'Overloaded', bind: 'check: net.tcp' },
			{ text: 'Switched off', bind: 'check: net.tcp' },
		];
		const { causes, diagnosis } = judge(both, [observe('net.tcp', { codes: ['tcp.timeout'] })]);
		expect(causes.map((cause) => cause.verdict)).toEqual(['could-not-tell', 'could-not-tell']);
		expect(causes[0]?.reason).toMatch(/causes 1 and 2 alike/);
		expect(diagnosis.roots).toHaveLength(1);
		expect(diagnosis.issues[0]?.state).toBe('failing');
	});

	it('confirms the one that has a failing check of its own beside the shared one (G11)', () => {
		const both = [
			{ text: 'Overloaded', bind: ['check: http.status', 'check: http.latency'] },
			{ text: 'Switched off', bind: ['check: http.status'] },
		];
		const { causes } = judge(both, [
			observe('http.status', { codes: ['status.500'] }),
			observe('http.latency', { codes: ['latency.slow'], subject: 'https://shop.example/slow' }),
		]);
		expect(causes.map((cause) => cause.verdict)).toEqual(['confirmed', 'could-not-tell']);
	});

	it('believes a vendor where nothing else is asked (G13)', () => {
		const { causes, diagnosis } = judge(
			[{ text: 'Platform outage', bind: 'check: vendor.status' }],
			[observe('vendor.status', { codes: ['vendor.critical'] })],
		);
		expect(causes[0]?.verdict).toBe('confirmed');
		expect(diagnosis.roots[0]?.causes).toMatchObject([{ text: 'Platform outage' }]);
	});

	it('lets a question that does not arise stand aside: the others rule the cause out (G21)', () => {
		const cause = { text: 'Network issues', bind: ['check: net.tcp', 'check: net.tls'] };
		const tls = observe('net.tls', { state: 'unknown', reason: 'Served over plain http', applicable: false });
		expect(judge([cause], [observe('net.tcp'), tls]).causes[0]?.verdict).toBe('ruled-out');
		expect(judge([cause], [observe('net.tcp'), { ...tls, applicable: true }]).causes[0]?.verdict).toBe('could-not-tell');
		expect(judge([{ text: 'Bad certificate', bind: ['check: net.tls'] }], [tls]).causes[0]?.verdict).toBe('could-not-tell');
	});

	it('counts two routes that fail alike as one fault, and both as its evidence (G10)', () => {
		const cause = { text: 'Server broken', bind: ['check: http.status path=/a', 'check: http.status path=/b'] };
		const observations = ['/a', '/b'].map((path) =>
			observe('http.status', { params: { path }, codes: ['status.500'], subject: `https://shop.example${path}` }),
		);
		const { causes, diagnosis } = judge([cause], observations);
		expect(diagnosis.roots.map((root) => [root.observation, root.echoes.length])).toEqual([['http.status path="/a"', 1]]);
		expect(causes[0]?.observations).toHaveLength(2);
	});

	it('finds the observation though the runner filled in defaults and read numbers (G5)', () => {
		const cause = { text: 'Slow', bind: 'check: http.latency max=800' };
		const answer = { ...observe('http.latency', { params: { max: 800, path: '/' } }), key: 'canonical' };
		expect(judge([cause], [answer]).causes[0]).toMatchObject({ verdict: 'ruled-out', observations: ['canonical'] });
		expect(judge([cause], [{ ...answer, params: { max: 900, path: '/' } }]).causes[0]?.verdict).toBe('could-not-tell');
	});
});
