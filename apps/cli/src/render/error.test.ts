import { describe, expect, it } from 'vitest';
import { createStyle } from '../terminal/style.ts';
import { drawSparkline, renderError } from './error.ts';

const layout = { columns: 100, style: createStyle(false) };
const now = Date.parse('2026-11-28T12:00:00Z');
const frame = { module: null, column: 9, before: [], after: [], variables: null };

describe('an error as a person reads it', () => {
	it('marks the frames of the application, innermost first, and says what stood before it', () => {
		const lines = renderError(
			{
				group: {
					id: 12,
					service: 'shop-production',
					title: 'RangeError: the winch is stuck',
					culprit: 'haulTheWinch',
					level: 'error',
					state: 'open',
					stateAt: '2026-11-28T11:00:00.000Z',
					count: 3,
					recentCount: 3,
					users: 1,
					firstAt: '2026-11-27T12:00:00.000Z',
					lastAt: '2026-11-28T11:48:00.000Z',
					firstRelease: 'shop@1.0.0',
					lastRelease: 'shop@1.0.1',
					regressions: 1,
				},
				groupedBy: 'stack',
				parts: [],
				event: {
					id: 'a'.repeat(32),
					at: now,
					level: 'error',
					platform: 'node',
					message: null,
					causes: [
						{
							type: 'RangeError',
							message: 'the winch is stuck',
							module: null,
							handled: true,
							mechanism: null,
							synthetic: false,
							frames: [
								{ ...frame, file: 'node:internal', function: 'run', line: 1, inApp: false, source: null },
								{ ...frame, file: 'src/winch.js', function: 'haulTheWinch', line: 7, inApp: true, source: "\tthrow new RangeError('…');" },
							],
						},
					],
					fingerprint: null,
					transaction: null,
					release: 'shop@1.0.1',
					dist: null,
					environment: 'production',
					server: null,
					logger: null,
					tags: {},
					user: null,
					request: null,
					contexts: {},
					extra: null,
					breadcrumbs: [{ at: now, category: 'auth', level: 'info', message: 'signed in\u001b[2J', data: null }],
					traceId: null,
					spanId: null,
					sdk: null,
				},
				perDay: [0, 0, 1, 2],
				releases: [{ release: 'shop@1.0.1', count: 2 }],
				changes: [{ at: '2026-11-28T11:00:00.000Z', from: 'resolved', to: 'open', actor: 'holdfast', reason: 'seen again' }],
			},
			now,
			layout,
		);
		const text = lines.join('\n');
		expect(text).toContain('came back 1 time');
		expect(text).toContain('3 times by 1 user, last 12 min ago');
		expect(text.indexOf('> haulTheWinch  src/winch.js:7:9')).toBeLessThan(text.indexOf('run  node:internal:1:9'));
		expect(text).toContain("throw new RangeError('…');");
		expect(text).toContain('signed in');
		expect(text).not.toContain('\u001b');
	});

	it('draws a bar for each day, the highest full, and a dot for none', () => {
		expect(drawSparkline([0, 1, 4, 8])).toBe('·▁▄█');
		expect(drawSparkline([0, 0])).toBe('··');
	});
});
