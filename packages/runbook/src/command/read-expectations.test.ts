import { describe, expect, test } from 'vitest';
import { readExpectations } from './read-expectations.ts';

const first = (text: string) => readExpectations(text)[0];

describe('T1 to T4: what should come out', () => {
	test('T1: JSON in backticks or bare is a value', () => {
		expect(first('Should return `{"status":"ok"}`')).toMatchObject({ kind: 'json', value: { status: 'ok' } });
		expect(first('Expected: {"ok": true, "items": []}')).toMatchObject({ kind: 'json', value: { ok: true, items: [] } });
	});

	test.each([
		'returns 200',
		'Should return HTTP 200',
		'Expected: 200',
		'Expected: HTTP/1.1 200 OK',
		'The endpoint responds with 200',
		'Expect 200 OK',
		'HTTP 200',
		'Health check returns 200',
		'Should return `200`',
		'Should return status code 200.',
	])('T2: a status: %s', (text) => expect(first(text)).toMatchObject({ kind: 'status', status: 200 }));

	test('T2: a task box is no JSON, and a failure that a change causes is not hoped for', () => {
		expect(first('- [ ] Health check returns 200')).toMatchObject({ kind: 'status', status: 200 });
		expect(first('Maintenance mode (returns 503)')).toMatchObject({ kind: 'text' });
		expect(first('Should return 401')).toMatchObject({ kind: 'status', status: 401 });
		expect(first('Should return `[]`')).toMatchObject({ kind: 'json', value: [] });
	});

	test('T2: an exit code', () => {
		expect(first('Should exit with code 0')).toMatchObject({ kind: 'exit', code: 0 });
	});

	test('T3: quoted words, and words behind a colon, must be found', () => {
		expect(first('Should show: Connected')).toMatchObject({ kind: 'contains', value: 'Connected' });
		expect(first('You should see `PONG`')).toMatchObject({ kind: 'contains', value: 'PONG' });
		expect(first('Look for "ready in"')).toMatchObject({ kind: 'contains', value: 'ready in' });
		expect(first('`/api/csrf` should return a token')).toMatchObject({ kind: 'text' });
	});

	test('T4: other words stay words', () => {
		expect(first('Should be a valid Convex URL')).toEqual({ kind: 'text', text: 'Should be a valid Convex URL' });
	});

	test('T4: a negation or an alternative is never turned into a value', () => {
		expect(first('Should not return 500')).toMatchObject({ kind: 'text' });
		expect(first('Should return 200 or 301')).toMatchObject({ kind: 'text' });
	});

	test('T5: a limit', () => {
		expect(first('Response time should be below 2 s')).toMatchObject({ kind: 'compare', operator: '<', value: 2, unit: 's' });
		expect(first('Uptime > 99.9%')).toMatchObject({ kind: 'compare', metric: 'Uptime', operator: '>', value: 99.9 });
	});

	test.each([
		'Review bundle analysis report',
		'Check Sentry for errors',
		'Verify deployment is active',
		'Check for 500 errors',
		'If it returns 502, restart the proxy',
		'Restart the service',
		'500 Internal Server Error',
		'Look for authentication errors',
		'docker compose logs --tail=100 web',
		'Ask what users should do',
	])('T8: an instruction expects nothing: %s', (text) => expect(readExpectations(text)).toEqual([]));

	test('T9: several sentences, several expectations; full stops inside code end none', () => {
		const read = readExpectations('Should return `{"v":"1. 2"}`. The page should show "Products".');
		expect(read.map((one) => one.kind)).toEqual(['json', 'contains']);
	});
});
