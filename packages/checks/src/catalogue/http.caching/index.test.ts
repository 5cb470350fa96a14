import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { file, type Handler, json, routes, serve } from '../../fixtures/serve.ts';
import { type CachedAnswer, isHashed, judgeCaching, nameServer, readLifetime } from './judge-caching.ts';

const asset = (headers: Record<string, string>, more: Partial<CachedAnswer> = {}): CachedAnswer => ({
	path: '/_next/static/chunks/main-0123456789ab.js',
	kind: 'script',
	headers,
	setsCookie: false,
	size: 100,
	...more,
});
const codes = (...answers: CachedAnswer[]) => judgeCaching(answers).map(({ code, severity }) => `${severity} ${code}`);

describe('a name with a hash', () => {
	it.each(['/_next/static/chunks/x.js', '/app.3f9a1c2e.js', '/assets/index-BxY12_aZ.css', '/a/main-0123456789ab.js'])('%s', (path) =>
		expect(isHashed(path)).toBe(true),
	);
	it.each(['/app.js', '/vendor/jquery.min.js', '/style.css'])('not %s', (path) => expect(isHashed(path)).toBe(false));
});

describe('a lifetime in seconds', () => {
	it.each<[Record<string, string>, number]>([
		[{ 'cache-control': 'public, max-age=31536000, immutable' }, 31_536_000],
		[{ 'cache-control': 's-maxage="60"' }, 60],
		[{ 'cache-control': 'no-cache, max-age=60' }, 0],
		[{ 'cache-control': 'no-store' }, 0],
		[{ date: 'Thu, 01 Jan 2026 00:00:00 GMT', expires: 'Thu, 01 Jan 2026 01:00:00 GMT' }, 3600],
		[{}, 0],
	])('%j is %s', (headers, seconds) => expect(readLifetime(headers)).toBe(seconds));
});

describe('judging', () => {
	it.each<[string, CachedAnswer, string[]]>([
		['a hashed file kept for good', asset({ 'cache-control': 'public, max-age=31536000, immutable' }), []],
		['a hashed file not kept', asset({ 'cache-control': 'no-cache', etag: '"x"' }), ['warn caching.hashed-not-cached']],
		['another file with a validator', asset({ etag: '"x"' }, { path: '/app.js' }), []],
		['another file without', asset({}, { path: '/app.js' }), ['warn caching.no-validator']],
		['a large file uncompressed', asset({ etag: '"x"' }, { path: '/app.js', size: 5000 }), ['warn caching.uncompressed']],
		['a large file compressed', asset({ etag: '"x"', 'content-encoding': 'br' }, { path: '/app.js', size: 5000 }), []],
		['a page', asset({}, { kind: 'page', path: '/' }), []],
		[
			'a page with a cookie that shared caches may keep',
			asset({ 'cache-control': 'public, max-age=60' }, { kind: 'page', path: '/', setsCookie: true }),
			['fail caching.cookie-public'],
		],
		[
			'a page with a cookie that s-maxage lets them keep',
			asset({ 'cache-control': 's-maxage=60' }, { kind: 'page', path: '/', setsCookie: true }),
			['fail caching.cookie-public'],
		],
		[
			'a page with a cookie that may be kept',
			asset({ 'cache-control': 'max-age=60' }, { kind: 'page', path: '/', setsCookie: true }),
			['warn caching.cookie-kept'],
		],
		['a page with a cookie, private', asset({ 'cache-control': 'private, max-age=60' }, { kind: 'page', path: '/', setsCookie: true }), []],
	])('%s', (_, answer, expected) => expect(codes(answer)).toEqual(expected));

	it('tells files of one fault together', () => {
		const [finding] = judgeCaching([asset({}, { path: '/a.js' }), asset({}, { path: '/b.js' }), asset({}, { path: '/c.js' })]);
		expect(finding?.message).toContain(
			'/a.js has neither a lifetime nor an ETag or Last-Modified, so it is loaded whole every time (and 2 more)',
		);
	});
});

it('who served it stands in the headers', () => {
	expect(nameServer({ 'x-vercel-cache': 'HIT', age: '12', server: 'Vercel' })).toBe('x-vercel-cache: HIT, age: 12, server: Vercel');
	expect(nameServer({})).toBeNull();
});

it('looks at the page and its files', async () => {
	const { url } = await serve(
		routes({
			'/': '<script src="/_next/static/a.js"></script><p>x</p>',
			'/_next/static/a.js': file('text/javascript', 'let a', { 'cache-control': 'public, max-age=31536000, immutable' }),
		}),
	);
	expect(await runCheck('http.caching', makeService(url))).toMatchObject({
		state: 'ok',
		reason: '/ and its 1 scripts and styles are cached and compressed as they should be (1 for good)',
	});
});

it('warns for a hashed file that is loaded anew each time', async () => {
	const { url } = await serve(
		routes({
			'/': '<script src="/_next/static/a.js"></script><p>x</p>',
			'/_next/static/a.js': file('text/javascript', 'let a', { 'cache-control': 'no-store' }),
		}),
	);
	const observation = await runCheck('http.caching', makeService(url));
	expect([observation.state, codesOf(observation)]).toEqual(['warn', ['caching.hashed-not-cached']]);
});

it.each<[string, Handler]>([
	['answers 429', json({}, 429)],
	['is missing', json({}, 404)],
	['never comes', (request) => void request.socket.destroy()],
])('cannot tell of a script that %s', async (_, handler) => {
	const { url } = await serve(routes({ '/': '<script src="/a.js"></script><p>x</p>', '/a.js': handler }));
	expect(await runCheck('http.caching', makeService(url))).toMatchObject({
		state: 'unknown',
		reason: '1 of 1 scripts and styles of / could not be looked at',
		enable: 'holdfast check http.assets path=/',
	});
});

it('cannot tell of an answer that is no page', async () => {
	const { url } = await serve(json({ a: 1 }));
	expect((await runCheck('http.caching', makeService(url))).state).toBe('unknown');
});

it('cannot tell without a page', async () => {
	const { url } = await serve((_request, response) => void response.writeHead(500).end());
	expect((await runCheck('http.caching', makeService(url))).state).toBe('unknown');
});
