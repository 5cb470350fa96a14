import { describe, expect, it } from 'vitest';
import { readRelease } from './read-release.ts';

const read = (value: unknown) => readRelease(Buffer.from(JSON.stringify(value)), 5_000);
const COMMIT = '1eec8b61d2935418e04130e9cd2f8e4eb25dd96b';

it('needs a version and nothing else', () => {
	expect(read({ version: 'shop@1.4.0' })).toMatchObject({
		ok: true,
		notice: {
			version: 'shop@1.4.0',
			event: 'live',
			at: 5_000,
			environment: 'production',
			commit: null,
			url: null,
			from: 'webhook',
			id: expect.stringMatching(/^[0-9a-f]{32}$/),
		},
	});
	const [once, twice] = [read({ version: 'a' }), read({ version: 'a' })];
	expect(once).toEqual(twice);
});

it('reads all it is told', () => {
	const notice = {
		id: 'deploy-7',
		release: 'shop@1.4.0',
		event: 'rolled-back',
		environment: 'staging',
		at: '2026-11-28T08:40:09Z',
		commit: COMMIT.toUpperCase(),
		title: 'checkout: a better message\n\nbody',
		branch: 'main',
		url: 'https://ada:secret@shop.example/a?token=x#y',
	};
	expect(read(notice)).toMatchObject({
		notice: {
			id: 'deploy-7',
			version: 'shop@1.4.0',
			event: 'rolled-back',
			environment: 'staging',
			at: 1_795_855_209_000,
			commit: COMMIT,
			title: 'checkout: a better message',
			url: 'https://shop.example/a',
		},
	});
});

describe('refuses', () => {
	it.each([[{}], [[]], ['x'], [{ version: 'a', event: 'exploded' }], [{ version: 'a', at: 'later' }]])('%j', (value) => {
		expect(read(value)).toMatchObject({ ok: false, detail: expect.stringMatching(/^expected .+, got /) });
	});
});

it.each([
	['shop.example/x', 'https://shop.example/x'],
	['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
	['javascript:alert(1)', null],
	['file:///etc/passwd', null],
])('shows %s as %s', (url, shown) => {
	expect(read({ version: 'a', url })).toMatchObject({ notice: { url: shown } });
});
