import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, decide, FLAPPING_CHANGES, type MonitorState, type SampleState, type Surroundings, type Watched } from './decide.ts';

const quiet: Surroundings = { upstream: null, maintenance: null, isCutOff: false, recentChanges: 0 };
const watched = (state: MonitorState, more: Partial<Watched> = {}): Watched => ({ state, candidate: null, confirm: 2, ...more });
const sample = (state: SampleState) => ({ state, reason: 'status 500' });

/** Feeds samples one after the other, as the engine does. */
function follow(
	first: Watched,
	states: readonly SampleState[],
	around = quiet,
): { readonly state: MonitorState; readonly last: Decision | null } {
	let at = first;
	let last: Decision | null = null;
	for (const state of states) {
		last = decide(at, sample(state), around);
		at = { ...at, state: last.change?.to ?? at.state, candidate: last.candidate };
	}
	return { state: at.state, last };
}

describe('deciding on a sample', () => {
	it('T3: one bad sample is none, two in a row are a change that people are told of', () => {
		expect(decide(watched('ok'), sample('fail'), quiet)).toEqual({
			candidate: { state: 'fail', count: 1 },
			change: null,
			consequence: 'none',
			reason: 'fail, 1 of 2 samples that confirm it: status 500',
		});
		expect(follow(watched('ok'), ['fail', 'fail']).last).toMatchObject({
			change: { from: 'ok', to: 'fail' },
			consequence: 'act',
			reason: '2 samples in a row: status 500',
		});
	});

	it('T2: a good sample between bad ones begins anew', () => {
		expect(follow(watched('ok'), ['fail', 'ok', 'fail', 'ok', 'fail'])).toMatchObject({ state: 'ok' });
		expect(follow(watched('ok'), ['fail', 'ok']).last?.reason).toBe('ok again: 1 fail before it did not last');
	});

	it('T3: unknown must be seen twice as often as fail, and is no step towards it', () => {
		expect(follow(watched('ok'), ['unknown', 'unknown', 'unknown']).state).toBe('ok');
		expect(follow(watched('ok'), ['unknown', 'unknown', 'unknown', 'unknown']).state).toBe('unknown');
		expect(follow(watched('ok'), ['fail', 'unknown', 'fail']).state).toBe('ok');
	});

	it('T4: the first good look counts at once and is no news; a first bad one is confirmed like any', () => {
		expect(decide(watched('new'), sample('ok'), quiet)).toMatchObject({ change: { from: 'new', to: 'ok' }, consequence: 'none' });
		expect(decide(watched('new'), sample('fail'), quiet).change).toBeNull();
		expect(follow(watched('new'), ['fail', 'fail']).last?.consequence).toBe('act');
	});

	it.each<[string, Partial<Surroundings>, Decision['consequence']]>([
		['T5: what it stands on fails', { upstream: 'The name resolves' }, 'echo'],
		['T6: a maintenance window holds', { maintenance: 'move to the new disk' }, 'maintenance'],
		['T8: it flaps', { recentChanges: FLAPPING_CHANGES }, 'flapping'],
	])('%s: written down, and nobody is woken', (_, more, consequence) => {
		expect(follow(watched('ok'), ['fail', 'fail'], { ...quiet, ...more }).last).toMatchObject({ change: { to: 'fail' }, consequence });
	});

	it('T1: who is cut off himself says nothing of others, but a good answer is one', () => {
		expect(follow(watched('ok'), ['fail', 'fail', 'fail'], { ...quiet, isCutOff: true }).state).toBe('ok');
		expect(follow(watched('fail'), ['ok', 'ok'], { ...quiet, isCutOff: true }).state).toBe('ok');
	});

	it('T7: between well and unknown nobody is woken; from unknown to failing they are', () => {
		expect(follow(watched('ok'), ['unknown', 'unknown', 'unknown', 'unknown']).last?.consequence).toBe('none');
		expect(follow(watched('unknown'), ['ok', 'ok']).last?.consequence).toBe('none');
		expect(follow(watched('unknown'), ['fail', 'fail']).last?.consequence).toBe('act');
	});

	it('never changes on fewer samples in a row than confirm it, whatever comes', () => {
		const states = fc.array(fc.constantFrom<SampleState>('ok', 'warn', 'fail', 'unknown'), { maxLength: 40 });
		fc.assert(
			fc.property(states, fc.integer({ min: 1, max: 5 }), (given, confirm) => {
				let at = watched('ok', { confirm });
				given.forEach((state, index) => {
					const { change, candidate, reason } = decide(at, sample(state), quiet);
					expect(reason).not.toBe('');
					if (change !== null) expect(given.slice(index + 1 - confirm, index + 1)).toEqual(Array.from({ length: confirm }, () => state));
					at = { ...at, state: change?.to ?? at.state, candidate };
				});
			}),
		);
	});
});
