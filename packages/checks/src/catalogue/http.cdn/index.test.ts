import { expect, it } from 'vitest';
import { makeService, runCheck } from '../../fixtures/check-service.ts';
import { file, routes, serve } from '../../fixtures/serve.ts';
import { findNetwork, judgeCdn, readCacheHit } from './judge-cdn.ts';

it('says that there is none, which is well', async () => {
	const { url } = await serve(routes({ '/': '<h1>x</h1>' }));
	expect(await runCheck('http.cdn', makeService(url))).toMatchObject({ state: 'ok', findings: [{ code: 'cdn.none', severity: 'info' }] });
});

it('names the network', async () => {
	const { url } = await serve(routes({ '/': file('text/html', '<h1>x</h1>', { 'x-vercel-id': 'fra1::abc' }) }));
	expect(await runCheck('http.cdn', makeService(url))).toMatchObject({ state: 'ok', reason: 'Vercel serves / and 0 files' });
});

it('warns where none of the files that may be kept is in the cache', () => {
	const answer = (status: string) => ({ path: '/a', hashed: true, headers: { 'cf-ray': '1', 'cf-cache-status': status } });
	expect(judgeCdn([answer('MISS'), answer('DYNAMIC')])).toMatchObject([{ code: 'cdn.not-cached', severity: 'warn' }]);
	expect(judgeCdn([answer('MISS'), answer('HIT')])).toEqual([]);
});

it('reads hits as caches write them', () => {
	expect(readCacheHit({ 'x-cache': 'Hit from cloudfront' })).toBe(true);
	expect(readCacheHit({ age: '12' })).toBe(true);
	expect(readCacheHit({ 'x-vercel-cache': 'MISS' })).toBe(false);
	expect(readCacheHit({})).toBeNull();
	expect(findNetwork({ server: 'nginx' })).toBeNull();
});

it('is unknown without a page', async () => {
	expect((await runCheck('http.cdn', makeService('http://127.0.0.1:9'))).state).toBe('unknown');
});
