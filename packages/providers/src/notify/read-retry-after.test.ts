import { expect, it } from 'vitest';
import { readRetryAfter } from './read-retry-after.ts';

const now = Date.parse('2026-03-04T03:00:00Z');

it.each([
	[null, undefined],
	['', undefined],
	['0', undefined],
	['-5', undefined],
	['soon', undefined],
	['1e9', undefined],
	['30', 30_000],
	['0.25', 250],
	['999999999', 86_400_000],
	['Wed, 04 Mar 2026 03:00:30 GMT', 30_000],
	['Wed, 04 Mar 2026 02:00:00 GMT', undefined],
])('%s', (value, ms) => expect(readRetryAfter(value, now)).toBe(ms));
