import { describe, expect, it } from 'vitest';
import { findNearestName } from './nearest-name.ts';

describe('findNearestName', () => {
	it.each([
		['urll', ['url', 'runbook'], 'url'],
		['runbok', ['url', 'runbook'], 'runbook'],
		['HTTP.Health', ['http.page', 'http.health'], 'http.health'],
		['zebra', ['url', 'runbook'], null],
		['x', [], null],
	])('%s among %j is %s', (typed, candidates, nearest) => {
		expect(findNearestName(typed, candidates)).toBe(nearest);
	});
});
