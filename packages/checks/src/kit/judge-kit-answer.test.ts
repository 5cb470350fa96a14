import { describe, expect, it } from 'vitest';
import { makeReport } from '../fixtures/kit-report.ts';
import type { HttpResponse } from '../probe/http-probe.ts';
import { judgeKitAnswer } from './judge-kit-answer.ts';

const answer = (status: number, headers: Record<string, string>, body: string): HttpResponse => ({
	kind: 'response',
	url: 'https://shop.example/api/health',
	status,
	statusText: '',
	httpVersion: '1.1',
	headers,
	setCookies: [],
	body: Buffer.from(body),
	wireBytes: body.length,
	cut: null,
	remoteAddress: null,
	phases: [],
	durationMs: 1,
});
const health = { 'content-type': 'application/health+json' };
const judge = (status: number, headers: Record<string, string>, body = '{}') =>
	judgeKitAnswer(answer(status, headers, body), '/api/health');

it('reads the report, also of an application that is not well', () => {
	expect(judge(503, health, JSON.stringify(makeReport()))).toMatchObject({ kind: 'report' });
});

it('passes over fields and words that are newer', () => {
	const report = makeReport();
	expect(judge(200, health, JSON.stringify({ ...report, holdfast: { ...report.holdfast, novelty: { a: 1 } } }))).toMatchObject({
		kind: 'report',
	});
});

describe('says why there is no report', () => {
	it.each([
		['wrong-token', 200, { 'content-type': 'application/json', 'www-authenticate': 'Bearer error="invalid_token"' }, '{"status":"ok"}'],
		['wrong-token', 401, { 'content-type': 'text/plain' }, 'no'],
		['no-kit', 404, { 'content-type': 'text/html' }, 'no'],
		['no-kit', 200, { 'content-type': 'application/json' }, '{"status":"ok"}'],
		['no-kit', 307, {}, ''],
		['no-kit', 200, health, '{"status":"pass"}'],
		['unreadable', 200, health, '{"status":"pass","holdfast":{"wire":1}}'],
		['unreadable', 200, health, '{"status":"pass","holdfast":{"wire":9}}'],
		['rate-limited', 429, {}, ''],
		['no-answer', 502, { 'content-type': 'text/html' }, ''],
	])('%s for %i', (code, status, headers, body) => {
		const judged = judge(status, headers, body);
		expect(judged).toMatchObject({ kind: 'none', code });
		if (judged.kind === 'none') expect(judged.enable).not.toBe('');
	});
});
