import type { Fact, Observation, State } from '@holdfast/checks/contract';
import { describe, expect, it } from 'vitest';
import { createReader } from './create-reader.ts';
import type { HistoryEntry } from './history-entry.ts';
import { indexHistory } from './history-index.ts';
import { traceFailures } from './trace-failures.ts';

const NOW = Date.parse('2026-01-02T04:00:00.000Z');
const at = (minute: number): string => new Date(NOW - (60 - minute) * 60_000).toISOString();
const sample = (minute: number, state: State): HistoryEntry => ({ t: 'sample', at: at(minute), key: 'auth.login', state });
const fact = (minute: number, name: string, value: string, scope?: string): HistoryEntry => ({
	t: 'fact',
	at: at(minute),
	name,
	value,
	...(scope === undefined ? {} : { scope }),
});
const failing = (facts: readonly Fact[] = []): Observation =>
	({ key: 'auth.login', check: 'auth.login', state: 'fail', echoOf: null, facts }) as unknown as Observation;

function trace(entries: readonly HistoryEntry[], facts: readonly Fact[] = []) {
	return traceFailures(indexHistory(entries), [failing(facts)], NOW)[0];
}

describe('traceFailures', () => {
	it('names what changed between the last ok and the first failure, newest first', () => {
		const entries = [
			fact(1, 'release', 'a'),
			fact(1, 'env:X', 'f1', 'k'),
			sample(2, 'ok'),
			fact(5, 'release', 'b'),
			fact(6, 'env:X', 'f2', 'k'),
			sample(7, 'fail'),
			fact(8, 'release', 'c'),
			sample(9, 'fail'),
		];
		expect(trace(entries)).toEqual({
			observation: 'auth.login',
			lastOkAt: at(2),
			firstBadAt: at(7),
			changes: [
				{ fact: 'env:X', from: 'f1', to: 'f2', scope: 'k', at: at(6) },
				{ fact: 'release', from: 'a', to: 'b', scope: null, at: at(5) },
			],
		});
	});

	it('counts what this run sees for the first time, where the failure is new', () => {
		const entries = [fact(1, 'release', 'a'), sample(2, 'ok')];
		const traced = trace(entries, [
			{ name: 'release', value: 'b' },
			{ name: 'never-seen', value: 'x' },
		]);
		expect(traced).toMatchObject({ lastOkAt: at(2), firstBadAt: at(60), changes: [{ fact: 'release', from: 'a', to: 'b', at: at(60) }] });
	});

	it('takes no figure that changes by itself for a change', () => {
		expect(
			trace([fact(1, 'count:data.orders', '4'), sample(2, 'ok'), fact(5, 'count:data.orders', '5'), sample(7, 'fail')])?.changes,
		).toEqual([]);
	});

	it('does not compare fingerprints of different keys', () => {
		expect(trace([fact(1, 'env:X', 'f1', 'k1'), sample(2, 'ok'), fact(3, 'env:X', 'f2', 'k2')])?.changes).toEqual([]);
	});

	it('calls nothing a change where it was never seen well', () => {
		expect(trace([fact(1, 'release', 'a'), sample(2, 'fail'), fact(3, 'release', 'b')])).toMatchObject({
			lastOkAt: null,
			firstBadAt: at(2),
			changes: [],
		});
	});

	it('goes by the order of the file when clocks disagree, and tells no time that is still to come', () => {
		const entries = [fact(1, 'release', 'a'), sample(90, 'ok'), fact(20, 'release', 'b'), sample(30, 'fail')];
		expect(trace(entries)).toMatchObject({ lastOkAt: at(30), firstBadAt: at(30), changes: [{ to: 'b', at: at(20) }] });
	});
});

it('the reader gives each change of a value once, and the last ok', async () => {
	const reader = createReader(
		indexHistory([fact(1, 'release', 'a'), fact(2, 'release', 'a'), fact(3, 'release', 'b'), sample(99, 'ok')]),
		NOW,
	);
	expect((await reader.readFact('release'))?.map(({ value }) => value)).toEqual(['a', 'b']);
	expect(await reader.readFact('other')).toEqual([]);
	expect(await reader.listFacts('rel')).toEqual(['release']);
	expect(await reader.readLastOk('auth.login')).toBe(at(60));
	expect(await reader.readLastOk('http.page')).toBeNull();
});
