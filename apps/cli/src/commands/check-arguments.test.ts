import { describe, expect, it } from 'vitest';
import { readCheckArguments } from './check-arguments.ts';

describe('readCheckArguments', () => {
	it('gives each check the parameters that follow it', () => {
		expect(readCheckArguments(['http.health', 'path=/api/health', 'status=200', 'net.dns'])).toEqual({
			ok: true,
			requests: [
				{ id: 'http.health', params: { path: '/api/health', status: '200' } },
				{ id: 'net.dns', params: {} },
			],
		});
	});

	it('keeps everything after the first equals sign', () => {
		expect(readCheckArguments(['http.health', 'path=/a?b=c'])).toMatchObject({ requests: [{ params: { path: '/a?b=c' } }] });
	});

	it.each([
		[['path=/'], 'path=/: expected the id of a check before its parameters'],
		[['http.health', '=x'], '=x: expected a name before the ='],
		[['http.health', 'path=/a', 'path=/b'], 'http.health is given path twice'],
	])('refuses %j', (words, message) => {
		expect(readCheckArguments(words)).toEqual({ ok: false, message });
	});
});
