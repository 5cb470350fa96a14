import { describe, expect, it } from 'vitest';
import { DIAGNOSE_EVERY_MS, DIAGNOSIS_OLD_MS, type Diagnosable, decideDiagnosis } from './decide.ts';

const now = 1_790_000_000_000;
const MINUTE = 60_000;
const incident = (more: Partial<Diagnosable> = {}): Diagnosable => ({
	diagnosedAt: null,
	triedAt: null,
	severity: 'major',
	triedSeverity: null,
	lastFailureAt: now - 60 * MINUTE,
	...more,
});
const looked = (agoMs: number) => ({ diagnosedAt: now - agoMs, triedAt: now - agoMs, triedSeverity: 'major' as const });

describe('an incident of which a monitor fails', () => {
	it.each([
		['D2: that nobody has looked at', incident(), true],
		['D1: that was tried within ten minutes, whatever came of it', incident({ triedAt: now - DIAGNOSE_EVERY_MS + 1 }), false],
		['D1: whose last try lies ahead, because the clock was set back', incident({ triedAt: now + 60 * MINUTE }), true],
		['D2: that opened again after its last look', incident({ triedAt: now - DIAGNOSE_EVERY_MS }), true],
		['D3: that is worse than at its last look', incident({ ...looked(11 * MINUTE), severity: 'critical' }), true],
		['D4: of which a monitor failed since', incident({ ...looked(11 * MINUTE), lastFailureAt: now - MINUTE }), true],
		['D5: that is old news', incident(looked(DIAGNOSIS_OLD_MS)), true],
		['of which nothing is new', incident(looked(DIAGNOSIS_OLD_MS - 1)), false],
	])('%s', (_, told, isDue) => {
		const decision = decideDiagnosis(told, now);
		expect(decision.isDue).toBe(isDue);
		expect(decision.reason).not.toBe('');
	});
});
