import { describe, expect, it } from 'vitest';
import { agreeWithDsn, readKey } from './authenticate.ts';

const header = 'Sentry sentry_version=7, sentry_client=sentry.x/1.0, sentry_key=abc';

describe('readKey', () => {
	it.each([
		[{ header, query: null }, 'abc'],
		[{ header: undefined, query: 'abc' }, 'abc'],
		[{ header, query: 'abc' }, 'abc'],
		[{ header: 'Sentry sentry_key=abc,sentry_version=7,sentry_secret=x', query: null }, 'abc'],
		[{ header: 'sentry  sentry_key="abc"', query: null }, 'abc'],
	])('%j', (sources, publicKey) => {
		expect(readKey(sources)).toEqual({ ok: true, publicKey });
	});

	it.each([
		[{ header: undefined, query: null }, 'absent'],
		[{ header: 'Bearer abc', query: null }, 'malformed'],
		[{ header: 'Sentry sentry_version=7', query: null }, 'malformed'],
		[{ header: `Sentry sentry_key=${'a'.repeat(2_000)}`, query: null }, 'malformed'],
		[{ header: undefined, query: 'a b\r\nX: 1' }, 'malformed'],
		[{ header, query: 'other' }, 'contradiction'],
	])('refuses %j: %s', (sources, code) => {
		expect(readKey(sources)).toMatchObject({ ok: false, code });
	});
});

describe('agreeWithDsn', () => {
	const absent = readKey({ header: undefined, query: null });
	const asked = readKey({ header: undefined, query: 'abc' });

	it('takes the key of the DSN where there is no other, and the same where there is', () => {
		expect(agreeWithDsn(absent, 'https://abc@x.example/42', '42')).toEqual({ ok: true, publicKey: 'abc' });
		expect(agreeWithDsn(asked, 'https://abc@x.example/42', '42')).toEqual({ ok: true, publicKey: 'abc' });
		expect(agreeWithDsn(asked, null, '42')).toBe(asked);
		expect(agreeWithDsn(absent, null, '42')).toMatchObject({ ok: false, code: 'absent' });
	});

	it.each([
		['https://other@x.example/42', 'contradiction'],
		['https://abc@x.example/43', 'contradiction'],
		['nonsense', 'malformed'],
	])('refuses %s beside another key or project: %s', (dsn, code) => {
		expect(agreeWithDsn(asked, dsn, '42')).toMatchObject({ ok: false, code });
	});
});
