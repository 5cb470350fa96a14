import { expect, it } from 'vitest';
import { writeExposition } from './write-exposition.ts';

it('writes help, type and samples, and escapes what a label may hold', () => {
	expect(
		writeExposition([
			{
				name: 'holdfast_monitors',
				kind: 'gauge',
				help: 'Monitors, by \\ service.\nSecond line.',
				samples: [{ labels: { service: 'a "b" \\ c\nd', state: 'ok' }, value: 2 }, { value: 0.25 }],
			},
		]),
	).toBe(
		[
			'# HELP holdfast_monitors Monitors, by \\\\ service.\\nSecond line.',
			'# TYPE holdfast_monitors gauge',
			'holdfast_monitors{service="a \\"b\\" \\\\ c\\nd",state="ok"} 2',
			'holdfast_monitors 0.25',
			'',
		].join('\n'),
	);
});

it('leaves out what is not known', () => {
	expect(writeExposition([{ name: 'holdfast_x_seconds', kind: 'gauge', help: 'X.', samples: [{ value: null }] }])).toBe(
		'# HELP holdfast_x_seconds X.\n# TYPE holdfast_x_seconds gauge\n',
	);
});
