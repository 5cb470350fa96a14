import { expect, it } from 'vitest';
import { createCounters } from './create-counters.ts';

it('writes what it counted as Prometheus reads it', () => {
	const counters = createCounters({ a_total: { kind: 'counter', help: 'Things.\nMore' }, b_bytes: { kind: 'gauge', help: 'Held.' } });
	counters.add('a_total', { route: 'x' });
	counters.add('a_total', { route: 'x' }, 2);
	counters.add('a_total', { route: 'a"b\\c\nd' });
	counters.set('b_bytes', {}, 7);
	expect(counters.text()).toBe(
		[
			'# HELP a_total Things.\\nMore',
			'# TYPE a_total counter',
			'a_total{route="x"} 3',
			'a_total{route="a\\"b\\\\c\\nd"} 1',
			'# HELP b_bytes Held.',
			'# TYPE b_bytes gauge',
			'b_bytes 7',
			'',
		].join('\n'),
	);
	expect(counters.read('a_total', { route: 'x' })).toBe(3);
	expect(counters.read('a_total', { route: 'none' })).toBe(0);
});

it('does not grow without end when a label has too many values', () => {
	const counters = createCounters();
	for (let index = 0; index < 3_000; index += 1) counters.add('a_total', { id: String(index) });
	expect(counters.text().split('\n').length).toBeLessThan(2_010);
	expect(counters.text()).toContain('a_total{overflow="true"} 1000');
});
