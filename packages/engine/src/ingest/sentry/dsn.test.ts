import { expect, it } from 'vitest';
import { formatDsn, readDsn } from './dsn.ts';

it.each([
	['http://pub@127.0.0.1:4001/42', { publicKey: 'pub', projectId: '42', origin: 'http://127.0.0.1:4001' }],
	['https://pub:secret@ingest.example/path/shop', { publicKey: 'pub', projectId: 'shop', origin: 'https://ingest.example' }],
])('reads %s', (text, dsn) => {
	expect(readDsn(text)).toEqual(dsn);
});

it.each([
	'',
	'pub',
	'https://ingest.example/42',
	'https://pub@ingest.example',
	'https://pub@ingest.example/0',
	'ftp://pub@ingest.example/42',
	'https://p b@x/4 2',
])('refuses %j', (text) => {
	expect(readDsn(text)).toBeNull();
});

it('writes what it reads', () => {
	for (const base of ['http://127.0.0.1:4001', 'https://ingest.example/holdfast/']) {
		const dsn = formatDsn(base, 'abc123', '42');
		expect(readDsn(dsn)).toMatchObject({ publicKey: 'abc123', projectId: '42' });
	}
	expect(formatDsn('https://ingest.example/holdfast/', 'abc', '7')).toBe('https://abc@ingest.example/holdfast/7');
});
