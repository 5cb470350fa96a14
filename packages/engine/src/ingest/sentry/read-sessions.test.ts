import { describe, expect, it } from 'vitest';
import { readSession, readSessionCounts } from './read-sessions.ts';

const correct = (at: number | null): number => at ?? 0;
const attrs = { release: 'shop@1.4.0', environment: 'production', ip_address: '203.0.113.9', user_agent: 'x' };
const session = {
	sid: '7c7b6585-f901-4351-bf8d-02711b721929',
	did: 'ada',
	init: true,
	started: '2026-11-28T08:40:08.997Z',
	timestamp: '2026-11-28T08:41:08.997Z',
	status: 'exited',
	errors: 0,
	duration: 60.5,
	attrs,
};

describe('a session', () => {
	it('is read with its length, and whoever it was is hashed', () => {
		const read = readSession(session, correct);
		expect(read).toMatchObject({
			id: '7c7b6585f9014351bf8d02711b721929',
			first: true,
			status: 'exited',
			errorCount: 0,
			durationMs: 60_500,
			release: 'shop@1.4.0',
		});
		expect(read?.userHash).toMatch(/^[0-9a-f]{16}$/);
		expect(JSON.stringify(read)).not.toMatch(/ada|203\.0/);
	});

	it.each(['crashed', 'abnormal', 'unhandled'])('that %s has an error, counted or not', (status) => {
		expect(readSession({ ...session, status }, correct)?.errorCount).toBe(1);
	});

	it.each([
		['a release', { ...session, attrs: {} }],
		['a start', { ...session, started: 'now' }],
		['a known status', { ...session, status: 'resting' }],
	])('is none without %s', (_name, payload) => {
		expect(readSession(payload, correct)).toBeNull();
	});

	it('is alive where it does not say how it is', () => {
		expect(readSession({ started: session.started, attrs }, correct)).toMatchObject({
			status: 'ok',
			id: null,
			first: false,
			durationMs: null,
		});
	});
});

it('reads counts by minute, at most a hundred', () => {
	const aggregates = [{ started: '2026-11-28T08:40:00.000Z', exited: 123, errored: 3, crashed: 1 }, { exited: 5 }, 'x'];
	expect(readSessionCounts({ aggregates, attrs }, correct)).toMatchObject([
		{ healthyCount: 123, erroredCount: 3, crashedCount: 1, abnormalCount: 0, unhandledCount: 0 },
	]);
	expect(readSessionCounts({ aggregates, attrs: {} }, correct)).toEqual([]);
	expect(readSessionCounts({ aggregates: Array.from({ length: 300 }, () => aggregates[0]), attrs }, correct)).toHaveLength(100);
});
