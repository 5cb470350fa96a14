import { expect, it } from 'vitest';
import { decideBeat, type Liveness } from './decide.ts';

const alive: Liveness = { isDatabaseUp: true, idleMs: 1000, upMs: 600_000, oldestOverdueMs: 200 };

it.each<[string, Partial<Liveness>, 'beat' | 'silent']>([
	['works', {}, 'beat'],
	['has nothing to do for an hour', { idleMs: 3_600_000, oldestOverdueMs: 0 }, 'beat'],
	['has lost its database', { isDatabaseUp: false }, 'silent'],
	['leaves a monitor overdue', { oldestOverdueMs: 31_000 }, 'silent'],
	['has just started on a backlog and works', { oldestOverdueMs: 31_000, upMs: 5000 }, 'beat'],
	['stored nothing yet', { idleMs: null }, 'silent'],
	['has work and stores nothing', { idleMs: 40_000, oldestOverdueMs: 10 }, 'silent'],
])('an engine that %s', (_words, more, kind) => {
	const decision = decideBeat({ ...alive, ...more });
	expect(decision.kind).toBe(kind);
	expect(decision.reason).not.toBe('');
});
