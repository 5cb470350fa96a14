import type { Observation } from '@holdfast/checks/contract';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from './history-entry.ts';
import { indexHistory } from './history-index.ts';
import { recall } from './recall.ts';

const NOW = Date.parse('2026-03-10T03:00:00.000Z');
const DAY = 86_400_000;

function at(beforeMs: number): string {
	return new Date(NOW - beforeMs).toISOString();
}

function sample(key: string, state: 'ok' | 'fail', beforeMs: number): HistoryEntry {
	return { t: 'sample', key, state, at: at(beforeMs) };
}

function release(value: string, beforeMs: number): HistoryEntry {
	return { t: 'fact', name: 'release', value, at: at(beforeMs) };
}

const failing = [{ key: 'http.status', state: 'fail', echoOf: null, facts: [] }] as unknown as readonly Observation[];

function ask(...entries: readonly HistoryEntry[]) {
	return recall(indexHistory(entries), failing, NOW);
}

describe('recall', () => {
	it('gives the changes between the last good answer and the first bad one, and no others', () => {
		const { changes, lastOk } = ask(
			release('a', 9000),
			release('b', 8000),
			sample('http.status', 'ok', 7000),
			release('c', 6000),
			sample('http.status', 'fail', 5000),
			release('d', 4000),
		);
		expect(changes).toEqual([{ name: 'release', at: at(6000), from: 'b', to: 'c' }]);
		expect(lastOk).toEqual({ 'http.status': at(7000) });
	});

	it('gives what came before the first failure where nothing was ever well', () => {
		const { changes, lastOk } = ask(release('a', 9000), release('b', 8000), sample('http.status', 'fail', 5000), release('c', 4000));
		expect(changes.map(({ to }) => to)).toEqual(['b']);
		expect(lastOk).toEqual({});
	});

	it('leaves out what is older than 30 days', () => {
		const { changes } = ask(release('a', 40 * DAY), sample('http.status', 'ok', 39 * DAY), release('b', 31 * DAY), release('c', 29 * DAY));
		expect(changes.map(({ to }) => to)).toEqual(['c']);
	});

	it('keeps the good answer before the changes where its clock ran ahead', () => {
		const { changes, lastOk } = ask(release('a', 9000), sample('http.status', 'ok', -60_000), release('b', 8000));
		expect(changes.map(({ to }) => to)).toEqual(['b']);
		expect(Date.parse(lastOk['http.status'] ?? '')).toBeLessThan(NOW - 8000);
	});
});
