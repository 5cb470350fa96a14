import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

it('measures a build by Turbopack of Next 16', async () => {
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

/** A file of 100 bytes, so that bytes count files. */
const chunk = async (file: string): Promise<string> => {
	await mkdir(join(folder, dirname(file)), { recursive: true });
	await put(file, 'x'.repeat(100));
	return file;
};
const loads = async () =>
	(await readBundle(folder)).routes
		.map(({ route, bytes }) => [route, bytes / 100] as const)
		.toSorted(([one], [other]) => one.localeCompare(other));

describe('a build by webpack of Next 15', () => {
	it('loads with a page what stands in its folder and above, slots included', async () => {
		const main = await chunk('static/chunks/main-app-0a.js');
		const pages: Record<string, string[]> = {};
		for (const entry of [
			'/layout',
			'/not-found',
			'/page',
			'/@modal/default',
			'/(shop)/layout',
			'/(shop)/products/loading',
			'/(shop)/products/error',
			'/(shop)/products/[slug]/page',
			'/(other)/layout',
			'/api/orders/route',
			'/@modal/(.)products/[slug]/page',
		])
			pages[entry] = [main, await chunk(`static/chunks/app${entry}-0b.js`), 'static/css/x.css'];
		await put('app-build-manifest.json', { pages });
		expect(await loads()).toEqual([
			['/', 5],
			['/products/[slug]', 8],
		]);
	});

	it('adds up the pages of a route in its slots', async () => {
		const pages = {
			'/about/page': [await chunk('static/chunks/app/about/page-0a.js')],
			'/@side/about/page': [await chunk('static/chunks/app/@side/about/page-0b.js')],
		};
		await put('app-build-manifest.json', { pages });
		expect(await loads()).toEqual([['/about', 2]]);
	});
});

it('measures a build by Turbopack of Next 15, whose pages name all that they load', async () => {
	const shared = await chunk('static/chunks/0a.js');
	await put('app-build-manifest.json', { pages: { '/page': [shared], '/about/page': [shared, await chunk('static/chunks/0b.js')] } });
	expect(await loads()).toEqual([
		['/', 1],
		['/about', 2],
	]);
});

it('measures a build by webpack of Next 16 from the manifests of its pages', async () => {
	const entries = ['/layout', '/page', '/%40modal/default', '/products/%5Bslug%5D/page', '/products/error'];
	const clientModules: Record<string, unknown> = { '/next/router.js': { id: '1', chunks: [] } };
	for (const entry of entries) {
		const file = `static/chunks/app${entry}-0b.js`;
		await chunk(decodeURIComponent(file));
		clientModules[`/app${entry}`] = { id: '2', chunks: ['17', await chunk('static/chunks/17-0c.js'), '2', file] };
	}
	await put('build-manifest.json', { rootMainFiles: [await chunk('static/chunks/main-app-0a.js')], pages: { '/_app': [] } });
	const pages = ['/page', '/products/[slug]/page', '/_global-error/page'];
	await mkdir(join(folder, 'server/app/products/[slug]'), { recursive: true });
	await mkdir(join(folder, 'server/app/_global-error'), { recursive: true });
	await put('server/app-paths-manifest.json', Object.fromEntries(pages.map((page) => [page, `app${page}.js`])));
	for (const page of pages)
		await put(
			`server/app${page}_client-reference-manifest.js`,
			`globalThis.__RSC_MANIFEST=(globalThis.__RSC_MANIFEST||{});globalThis.__RSC_MANIFEST["${page}"]=${JSON.stringify({ clientModules })};`,
		);
	expect(await loads()).toEqual([
		['/', 5],
		['/products/[slug]', 6],
	]);
});

it('says when there is no build, or only a part of one', async () => {
	await expect(readBundle(folder)).rejects.toThrow('finished build');
	await put('diagnostics/route-bundle-stats.json', [{ route: '/', firstLoadChunkPaths: ['.next/static/chunks/gone.js'] }]);
	await expect(readBundle(folder)).rejects.toThrow('gone.js');
});
