import type { FactChange } from '@holdfast/engine/operations';
import { describe, expect, it } from 'vitest';
import { oneFailing } from '../fixtures/sample-diagnosis.ts';
import { describePast } from './diagnosis-past.ts';

const nowMs = Date.parse(oneFailing.diagnosis.startedAt);
const ago = (minutes: number): string => new Date(nowMs - minutes * 60_000).toISOString();
const secret: FactChange = { name: 'env:SESSION_SECRET', at: ago(25), from: 'aa', to: 'bb' };
const release: FactChange = { name: 'release', at: ago(25), from: '0c99d1e', to: '4f1c2aa' };

function tell(changes: readonly FactChange[], trace: { readonly lastOkAt: string | null; readonly firstBadAt: string } | null) {
	const [root] = oneFailing.diagnosis.roots;
	if (root === undefined) throw new Error('expected a root in the sample');
	const past = trace === null ? [] : [{ observation: root.observation, ...trace, changes: [] }];
	return describePast({ ...root, changes }, { ...oneFailing, past });
}

describe('describePast', () => {
	it('says nothing where nothing is remembered', () => {
		expect(tell([], null)).toEqual([]);
	});

	it('says since when it fails and what changed how long before', () => {
		expect(tell([secret, release], { lastOkAt: ago(300), firstBadAt: ago(13) })).toEqual([
			'It fails since 13 min ago; last well 5 h ago.',
			'Changed 12 min before: SESSION_SECRET, release, from 0c99d1e to 4f1c2aa.',
		]);
	});

	it('counts from now where this is the first failure', () => {
		expect(tell([secret], { lastOkAt: ago(60 * 24 * 6), firstBadAt: ago(0) })).toEqual([
			'It was last well 6 days ago.',
			'Changed 25 min ago: SESSION_SECRET.',
		]);
	});

	it('never shows a fingerprint', () => {
		expect(tell([secret], null).join(' ')).not.toMatch(/aa|bb/);
	});
});
