import { describe, expect, it } from 'vitest';
import { answerOf } from '../fixtures/build-observation.ts';
import type { ClaimedMonitor } from '../schedule/queries.ts';
import type { RunChecks } from './check-run.ts';
import { type Group, groupRuns } from './group-runs.ts';
import { runGroup } from './run-group.ts';
import { type Sample, sampleOf } from './sample.ts';

const monitor = (id: number, checkId: string, dueAt = 0, service = 'bakery'): ClaimedMonitor => ({
	id,
	service,
	key: checkId,
	checkId,
	params: {},
	state: 'ok',
	dueAt,
	everyMs: 20_000,
});

async function run(monitors: readonly ClaimedMonitor[], runChecks: RunChecks, deadlineMs = 1000): Promise<readonly Sample[]> {
	const group: Group = { service: 'bakery', startAt: 0, monitors, deadlineMs };
	const samples: Sample[] = [];
	await runGroup(group, { runChecks, clock: () => 5000, signal: new AbortController().signal, deliver: (sample) => samples.push(sample) });
	return samples;
}

describe('a group is answered for, each monitor once', () => {
	const both = [monitor(1, 'http.health'), monitor(2, 'net.dns')];

	it('with what explains a failure, also when it was not asked for', async () => {
		const samples = await run(both, async ({ onObservation }) => {
			const all = [answerOf('net.tcp', 'fail'), answerOf('http.health', 'fail', { echoOf: 'net.tcp' }), answerOf('net.dns', 'ok')];
			for (const one of all) onObservation({ ...one, echoOf: null });
			return all;
		});
		expect(samples.map(({ monitorId, state, cause }) => [monitorId, state, cause?.key ?? null])).toEqual([
			[2, 'ok', null],
			[1, 'fail', 'net.tcp'],
		]);
		expect(samples[0]).toMatchObject({ at: 5000, detail: null });
	});

	it('one that never returns is unknown at its deadline, and the others are not held up', async () => {
		const samples = await run(
			both,
			({ onObservation }) => {
				onObservation(answerOf('net.dns', 'ok'));
				return new Promise(() => undefined);
			},
			30,
		);
		expect(samples.map(({ monitorId, state, reason }) => [monitorId, state, reason])).toEqual([
			[2, 'ok', 'it is ok'],
			[1, 'unknown', 'did not end within 0 s'],
		]);
	});

	it('one that throws, or is not answered, is unknown without the words of the error', async () => {
		const thrown = await run(both, () => Promise.reject(new TypeError('https://user:secret@bakery.example')));
		expect(thrown.map(({ state, reason }) => [state, reason])).toEqual([
			['unknown', 'could not be asked (TypeError)'],
			['unknown', 'could not be asked (TypeError)'],
		]);
		expect((await run(both, async () => [answerOf('net.dns', 'ok')])).map(({ state }) => state)).toEqual(['ok', 'unknown']);
	});
});

describe('grouping', () => {
	it('what falls due together at one service is one run, what takes long runs alone', () => {
		const claimed = [
			monitor(1, 'http.health', 100),
			monitor(2, 'net.dns', 110),
			monitor(3, 'net.dns', 115, 'mill'),
			monitor(4, 'auth.session', 116),
			monitor(5, 'http.status', 300),
		];
		expect(groupRuns(claimed, 0).map(({ monitors }) => monitors.map(({ id }) => id))).toEqual([[1, 2], [3], [4], [5]]);
		expect(groupRuns(claimed, 1000).map(({ monitors, startAt }) => [startAt, ...monitors.map(({ id }) => id)])).toEqual([
			[1000, 1, 2, 5],
			[1000, 3],
			[1000, 4],
		]);
	});
});

it('a sample holds nothing that the database refuses, and no more than is of use', () => {
	const evidence = [{ title: 'log', kind: 'text' as const, body: `\0\ud800${'x'.repeat(100_000)}` }];
	const small = sampleOf(answerOf('a', 'fail', { reason: 'a\0b\udc00', evidence: [{ title: 't', kind: 'text', body: '\0' }] }), {
		monitorId: 1,
		at: 0,
		cause: null,
	});
	expect(small.reason).toBe('a\ufffdb\ufffd');
	expect(small.detail).toContain('\ufffd');
	expect(sampleOf(answerOf('a', 'fail', { evidence }), { monitorId: 1, at: 0, cause: null }).detail?.length).toBeLessThan(2000);
});
