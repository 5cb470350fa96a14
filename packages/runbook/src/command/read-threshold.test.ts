import { describe, expect, test } from 'vitest';
import { readThreshold } from './read-threshold.ts';

const rows: readonly (readonly [rule: string, text: string, metric: string, operator: string, value: number, unit: string])[] = [
	['T5', 'Uptime > 99.9%', 'Uptime', '>', 99.9, '%'],
	['T5', 'error rate < 1 %', 'error rate', '<', 1, '%'],
	['T5', 'p95 latency ≤ 500ms', 'p95 latency', '<=', 500, 'ms'],
	['T5', 'Memory >= 2GB free', 'Memory', '>=', 2, 'GB'],
	['T5', '**Apdex**: ≥ 0.95', 'Apdex', '>=', 0.95, ''],
	['T6', 'Response time below 2 s', 'Response time', '<', 2, 's'],
	['T6', 'Disk usage is less than 80%', 'Disk usage', '<', 80, '%'],
	['T6', 'Verify `SESSION_SECRET` is set and at least 32 characters', 'SESSION_SECRET', '>=', 32, 'characters'],
	['T6', 'Error rate under 0.1 percent', 'Error rate', '<', 0.1, '%'],
	['T6', 'CPU over 90%', 'CPU', '>', 90, '%'],
	['T6', 'Queue depth should not exceed 1,000 messages', 'Queue depth', '<=', 1000, 'messages'],
	['T6', 'no more than 5 restarts', '', '<=', 5, 'restarts'],
	['T6', 'Response times within 300 ms', 'Response times', '<=', 300, 'ms'],
	['T6', 'Should be below 2 seconds', '', '<', 2, 's'],
	['T6', 'TTFB must be faster than 800 milliseconds', 'TTFB', '<', 800, 'ms'],
];

describe('T5, T6: comparisons with a number', () => {
	test.each(rows)('%s: %s', (_rule, text, metric, operator, value, unit) => {
		expect(readThreshold(text)).toEqual({ metric: metric === '' ? expect.any(String) : metric, operator, value, unit });
	});
});

describe('T7: no comparison', () => {
	test.each([
		'Check error rates',
		'Respond within 15 minutes',
		'Can we fix forward quickly (<15 min)?',
		'Go to Settings > Security > 2FA',
		'Wait 5 minutes',
		'Version 2.1.0',
		'Open ticket #42',
		'Step 3 -> 4',
		'500 Internal Server Error',
		'',
	])('%s', (text) => expect(readThreshold(text)).toBeNull());
});
