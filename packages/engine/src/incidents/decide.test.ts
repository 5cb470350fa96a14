import { describe, expect, it } from 'vitest';
import { decideFailure, decideRecovery, type KnownIncident, type Nearby, REOPEN_WITHIN_MS, titleOf } from './decide.ts';

const now = 1_790_000_000_000;
const failure = { title: 'Health endpoint answers', severity: 'critical' as const, reason: 'status 503' };
const incident = (more: Partial<KnownIncident> = {}): KnownIncident => ({
	id: 7,
	severity: 'minor',
	resolvedAt: null,
	...more,
});
const none: Nearby = { open: null, explained: null, suspected: null, ended: null };

describe('a failure', () => {
	it('I1: joins the open incident of its cause, and raises it to its own severity', () => {
		expect(decideFailure(failure, { ...none, open: incident(), ended: incident() }, now)).toMatchObject({
			kind: 'join',
			incident: 7,
			raiseTo: 'critical',
			isItsCause: false,
		});
		expect(decideFailure({ ...failure, severity: 'info' }, { ...none, open: incident() }, now)).toMatchObject({ raiseTo: null });
	});

	it('I2: becomes the cause of what it explains', () => {
		expect(decideFailure(failure, { ...none, explained: incident() }, now)).toMatchObject({ kind: 'join', isItsCause: true });
	});

	it('I7: joins what its diagnosis explains, or what has just begun, rather than opening or reopening another', () => {
		const suspected = { ...incident(), isExplained: true };
		const move = decideFailure(failure, { ...none, suspected, ended: incident({ resolvedAt: now - 1 }) }, now);
		expect(move).toMatchObject({
			kind: 'join',
			incident: 7,
			raiseTo: 'critical',
			isItsCause: false,
			reason: expect.stringContaining('diagnosis explains it'),
		});
		const begun = decideFailure(failure, { ...none, suspected: { ...suspected, isExplained: false } }, now);
		expect(begun.reason).toContain('until a diagnosis tells them apart');
	});

	it.each([
		['within half an hour', REOPEN_WITHIN_MS, 'reopen'],
		['later', REOPEN_WITHIN_MS + 1, 'open'],
	])('I3, I4: that returns %s', (_, agoMs, kind) => {
		expect(decideFailure(failure, { ...none, ended: incident({ resolvedAt: now - agoMs }) }, now).kind).toBe(kind);
	});
});

it('I5, I6: it ends when all are well or watched no more; not to know is not to be well', () => {
	const member = (state: 'ok' | 'warn' | 'fail' | 'unknown', isWatched = true, isOfThePast = false) => ({
		id: 1,
		state,
		isWatched,
		isOfThePast,
	});
	expect(decideRecovery([member('ok'), member('warn'), member('fail', false)], 'well').kind).toBe('resolve');
	expect(decideRecovery([member('ok'), member('unknown')], 'well')).toEqual({
		kind: 'wait',
		failing: 1,
		reason: 'well; 1 monitor is not well yet',
	});
});

it('a title fits a subject line', () => {
	expect(titleOf('Health', 'x'.repeat(300))).toHaveLength(160);
});

it('I8: what speaks of the last minutes does not hold it up, unless it stands alone', () => {
	const member = (state: 'ok' | 'fail', isOfThePast: boolean) => ({ id: 1, state, isWatched: true, isOfThePast });
	expect(decideRecovery([member('ok', false), member('fail', true)], 'well').kind).toBe('resolve');
	expect(decideRecovery([member('fail', true)], 'well').kind).toBe('wait');
});
