import { expect, it } from 'vitest';
import { addValue, makeHistogram, mergeHistogram, readPercentile } from './vital-histogram.ts';

const exact = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.75) - 1] ?? 0;

it.each([
	['milliseconds', 0.1, Array.from({ length: 997 }, (_, index) => ((index * 7919) % 9973) + 1)],
	['shifts', 0.0001, Array.from({ length: 401 }, (_, index) => ((index * 131) % 401) / 1000)],
	['one value', 0.1, [2500]],
])('gives p75 of %s within 5 %%, also in two parts', (_, floor, values) => {
	const [whole, rest] = [makeHistogram(), makeHistogram()];
	for (const [index, value] of values.entries()) addValue(index % 3 === 0 ? rest : whole, value, floor);
	mergeHistogram(whole, rest);
	expect(whole.count).toBe(values.length);
	expect(Math.abs(readPercentile(whole, 0.75, floor) / exact(values) - 1)).toBeLessThan(0.05);
});

it('knows nothing and zero', () => {
	const histogram = makeHistogram();
	expect(readPercentile(histogram, 0.75, 0.1)).toBe(0);
	addValue(histogram, 0, 0.1);
	expect(readPercentile(histogram, 0.75, 0.1)).toBe(0);
});
