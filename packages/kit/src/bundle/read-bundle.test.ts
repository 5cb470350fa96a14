import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBundle } from '../bundle.ts';

let folder = '';
const put = (file: string, content: unknown) =>
	writeFile(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'bundle-'));
	await mkdir(join(folder, 'diagnostics'));
	await mkdir(join(folder, 'static/chunks'), { recursive: true });
	await put('static/chunks/a.js', 'a'.repeat(10_000));
	await put('static/chunks/b.js', 'b'.repeat(500));
});
afterEach(() => rm(folder, { recursive: true }));

it('measures a build by Turbopack', async () => {
	await put('BUILD_ID', 'id-1\n');
	await put('diagnostics/route-bundle-stats.json', [
		{ route: '/', firstLoadChunkPaths: ['.next/static/chunks/b.js'] },
		{ route: '/products/[slug]', firstLoadChunkPaths: ['.next/static/chunks/a.js', '.next/static/chunks/b.js'] },
	]);
	const { buildId, routes } = await readBundle(folder);
	expect(buildId).toBe('id-1');
	expect(routes).toMatchObject([
		{ route: '/products/[slug]', bytes: 10_500, files: 2 },
		{ route: '/', bytes: 500, files: 1 },
	]);
	expect(routes[0]?.gzipBytes).toBeLessThan(200);
});

it('measures a build by webpack', async () => {
	const files = ['static/chunks/a.js', 'static/css/x.css'];
	await put('app-build-manifest.json', { pages: { '/page': files, '/(shop)/cart/page': files, '/layout': files, '/api/x/route': files } });
	expect((await readBundle(folder)).routes.map(({ route, bytes }) => [route, bytes])).toEqual([
		['/', 10_000],
		['/cart', 10_000],
	]);
});

it('says when there is no build, or only a part of one', async () => {
	await expect(readBundle(folder)).rejects.toThrow('finished build');
	await put('diagnostics/route-bundle-stats.json', [{ route: '/', firstLoadChunkPaths: ['.next/static/chunks/gone.js'] }]);
	await expect(readBundle(folder)).rejects.toThrow('gone.js');
});
