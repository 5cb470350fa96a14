import { expect, it } from 'vitest';
import { findSlope, measureEffect, measureRise, median } from './robust.ts';

const line = (count: number, slope: number, noise: (x: number) => number = () => 0) =>
	Array.from({ length: count }, (_, x) => ({ x, y: 100 + slope * x + noise(x) }));

it('takes the middle', () => {
	expect(median([3, 1, 2])).toBe(2);
	expect(median([4, 1, 2, 3])).toBe(2.5);
	expect(median([])).toBeNaN();
});

it('finds a slope through strange points', () => {
	expect(findSlope(line(20, 2))).toBe(2);
	expect(findSlope(line(20, 2, (x) => (x % 5 === 0 ? 500 : 0)))).toBeCloseTo(2, 0);
	expect(findSlope([{ x: 1, y: 1 }])).toBeNull();
});

it('tells a rise from none', () => {
	expect(measureRise(line(6, 1))).toBeGreaterThan(2.33);
	expect(measureRise(line(12, 0, (x) => (x % 2) * 10))).toBeLessThan(1);
	expect(measureRise(line(12, -1))).toBeLessThan(-2.33);
	expect(measureRise(line(5, 0))).toBe(0);
});

it('measures how often one side lies above the other', () => {
	expect(measureEffect([1, 2, 3], [4, 5, 6])).toBe(1);
	expect(measureEffect([1, 2, 3], [1, 2, 3])).toBe(0);
	expect(measureEffect([], [1])).toBe(0);
});
