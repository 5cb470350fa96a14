import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readClientManifest, toBuildPath } from './client-manifest.ts';
import { createServerFilesPort } from './index.ts';
import { measureVariables } from './read-environment-file.ts';
import { readLogLine } from './read-log-line.ts';

const secret = 'hunter2-hunter2-hunter2';
const signal = new AbortController().signal;
const port = createServerFilesPort();

function folderOf(files: Readonly<Record<string, string>>): string {
	const folder = mkdtempSync(join(tmpdir(), 'holdfast-files-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), text);
	}
	return folder;
}

const base = {
	'.next/BUILD_ID': 'b1\n',
	'.next/routes-manifest.json': '{}',
	'.next/prerender-manifest.json': '{}',
	'.next/static/chunks/main.js': 'a'.repeat(1000),
	'.next/static/chunks/home.js': 'home()',
	'.next/static/chunks/layout.js': 'layout()',
	'.next/diagnostics/framework.json': '{"name":"Next.js","version":"16.4.6"}',
};
const rootManifest = { rootMainFiles: ['static/chunks/main.js'], polyfillFiles: [], pages: { '/_app': [], '/_error': [] } };

const turbopack = {
	...base,
	'.next/build-manifest.json': JSON.stringify(rootManifest),
	'.next/diagnostics/route-bundle-stats.json': JSON.stringify([
		{ route: '/', firstLoadUncompressedJsBytes: 1, firstLoadChunkPaths: ['.next/static/chunks/main.js', '.next/static/chunks/home.js'] },
		{ route: '/_not-found', firstLoadUncompressedJsBytes: 1, firstLoadChunkPaths: ['.next/static/chunks/main.js'] },
	]),
	'.next/server/app-paths-manifest.json': '{"/page":"app/page.js"}',
	'.next/server/app/page.js': 'render()',
	'.next/server/app/page.js.nft.json': '{"version":1,"files":["../chunks/ssr/a.js","../../../node_modules/next/dist/x.js"]}',
	'.next/server/chunks/ssr/a.js': 'a()',
	'.next/server/app/page_client-reference-manifest.js':
		'globalThis.__RSC_MANIFEST=globalThis.__RSC_MANIFEST||{};globalThis.__RSC_MANIFEST["/page"]={"clientModules":{"x":{"chunks":["/_next/static/chunks/layout.js"]}}};',
};
const webpack15 = {
	...base,
	'.next/build-manifest.json': JSON.stringify(rootManifest),
	'.next/app-build-manifest.json': JSON.stringify({
		pages: {
			'/layout': ['static/chunks/main.js', 'static/chunks/layout.js', 'static/css/a.css'],
			'/(shop)/products/[slug]/page': ['static/chunks/main.js', 'static/chunks/home.js'],
			'/api/health/route': ['static/chunks/main.js'],
		},
	}),
	'.next/static/css/a.css': 'a{}',
};
const webpack16 = {
	...base,
	'.next/build-manifest.json': JSON.stringify(rootManifest),
	'.next/server/app-paths-manifest.json': '{"/orders/page":"app/orders/page.js"}',
	'.next/server/app/orders/page.js': 'render()',
	'.next/server/app/orders/page_client-reference-manifest.js': `globalThis.__RSC_MANIFEST=(globalThis.__RSC_MANIFEST||{});globalThis.__RSC_MANIFEST["/orders/page"]=${JSON.stringify({ entryJSFiles: { '/app/layout': ['static/chunks/layout.js'], '/app/orders/page': ['static/chunks/home.js'] } })}`,
};

describe('a build', () => {
	it.each<[string, Record<string, string>, string, string[]]>([
		['of Turbopack', turbopack, '/', ['main', 'home']],
		['of webpack in Next.js 15', webpack15, '/products/[slug]', ['main', 'home', 'layout']],
		['of webpack in Next.js 16', webpack16, '/orders', ['main', 'home', 'layout']],
	])('%s tells its routes and their first load', async (_name, files, route, names) => {
		const verdict = await port.readBuild(folderOf(files), signal);
		expect(verdict).toMatchObject({ kind: 'answer', value: { id: 'b1', framework: 'next 16.4.6', missing: [], empty: [] } });
		if (verdict.kind !== 'answer') return;
		const [found, ...others] = verdict.value.routes;
		expect([found?.route, others]).toEqual([route, []]);
		expect(found?.files.map(({ file }) => file).toSorted()).toEqual(names.map((name) => `static/chunks/${name}.js`).toSorted());
		expect(found?.bytes).toBe(found?.files.reduce((sum, { bytes }) => sum + bytes, 0));
		const main = found?.files.find(({ file }) => file.endsWith('main.js'));
		expect(main).toMatchObject({ bytes: 1000 });
		expect(main?.gzipBytes).toBeLessThan(100);
	});

	it('names what is missing and what is empty, in the browser’s part and in the server’s', async () => {
		const folder = folderOf(turbopack);
		rmSync(join(folder, '.next/static/chunks/layout.js'));
		rmSync(join(folder, '.next/server/chunks/ssr/a.js'));
		truncateSync(join(folder, '.next/static/chunks/home.js'));
		const verdict = await port.readBuild(folder, signal);
		expect(verdict).toMatchObject({
			kind: 'answer',
			value: { missing: ['server/chunks/ssr/a.js', 'static/chunks/layout.js'], empty: ['static/chunks/home.js'] },
		});
	});

	it('without its id is half a build', async () => {
		const folder = folderOf(turbopack);
		rmSync(join(folder, '.next/BUILD_ID'));
		expect(await port.readBuild(folder, signal)).toMatchObject({
			kind: 'answer',
			value: { id: null, builtAt: null, missing: ['BUILD_ID'] },
		});
	});

	it('with broken manifests tells what it can', async () => {
		const folder = folderOf({
			...base,
			'.next/build-manifest.json': '{"rootMainFiles":"odd"',
			'.next/server/app-paths-manifest.json': '[]',
		});
		expect(await port.readBuild(folder, signal)).toMatchObject({ kind: 'answer', value: { routes: [], missing: [] } });
	});

	it('that is not there is told apart from a folder that is not', async () => {
		expect(await port.readBuild(folderOf({ 'package.json': '{}' }), signal)).toMatchObject({
			code: 'not-found',
			reason: expect.stringContaining('no build'),
		});
		expect(await port.readBuild('/nowhere/at/all', signal)).toMatchObject({
			code: 'not-found',
			enable: expect.stringContaining('checkout'),
		});
		expect(await port.readBuild(folderOf(base), AbortSignal.abort())).toMatchObject({ code: 'aborted' });
	});

	it('is measured again when a file changes', async () => {
		const folder = folderOf(turbopack);
		const sizeOf = async () => {
			const verdict = await port.readBuild(folder, signal);
			return verdict.kind === 'answer' ? verdict.value.routes[0]?.bytes : null;
		};
		expect(await sizeOf()).toBe(1006);
		writeFileSync(join(folder, '.next/static/chunks/home.js'), 'home();more()');
		expect(await sizeOf()).toBe(1013);
	});
});

it('paths that lead out of the build are no files of it', () => {
	expect(['../../etc/passwd', '/_next/static/a%5Bb%5D.js', '.next/static/a.js', 'https://x.example/a.js', ''].map(toBuildPath)).toEqual([
		null,
		'static/a[b].js',
		'static/a.js',
		null,
		null,
	]);
	expect(readClientManifest('nonsense').entryFiles).toEqual([]);
});

describe('a line of a log', () => {
	it.each([
		['{"level":50,"time":1772618400000,"msg":"boom","err":{"message":"no price"}}', '2026-03-04T10:00:00.000Z', 'error', 'boom: no price'],
		['{"severity":"WARNING","timestamp":"2026-03-04T10:00:00Z","message":"slow"}', '2026-03-04T10:00:00.000Z', 'warn', 'slow'],
		['{"level":"info","ts":1772618400.5,"message":"hello"}', '2026-03-04T10:00:00.500Z', 'other', 'hello'],
		['{"level":"error","msg":"half', null, 'other', '{"level":"error","msg":"half'],
		['2026-03-04 10:00:00,123 ERROR db is gone', '2026-03-04T10:00:00.123Z', 'error', '2026-03-04 10:00:00,123 ERROR db is gone'],
		['[2026-03-04T11:00:00+01:00] warn: slow', '2026-03-04T10:00:00.000Z', 'warn', '[2026-03-04T11:00:00+01:00] warn: slow'],
		[' ⨯ TypeError: x is undefined', null, 'error', '⨯ TypeError: x is undefined'],
		['TypeError: x is undefined', null, 'error', 'TypeError: x is undefined'],
		['    at render (page.js:1:2)', null, 'other', 'at render (page.js:1:2)'],
		[' ⚠ Fast Refresh', null, 'warn', '⚠ Fast Refresh'],
		['GET /error 200 in 12ms', null, 'other', 'GET /error 200 in 12ms'],
	])('%s', (line, at, level, text) => expect(readLogLine(line)).toEqual({ at, level, text }));

	it('shows no secret', () => expect(readLogLine(`ERROR SESSION_SECRET=${secret}`).text).not.toContain(secret));
});

describe('a log', () => {
	it('is read from its end, whole lines only', async () => {
		const folder = folderOf({ 'shop.log': `${'x'.repeat(1024 * 1024)}\nERROR last\n` });
		expect(await port.readLog(join(folder, 'shop.log'), signal)).toMatchObject({
			kind: 'answer',
			value: { cut: true, lines: [{ level: 'error', text: 'ERROR last' }], writtenAt: expect.stringMatching(/Z$/) },
		});
		expect(await port.readLog(join(folder, 'none.log'), signal)).toMatchObject({ kind: 'no-answer', code: 'not-found' });
		expect(await port.readLog(folder, signal)).toMatchObject({ kind: 'no-answer', code: 'bad-response' });
	});

	it('that is empty has no lines', async () => {
		expect(await port.readLog(join(folderOf({ 'a.log': '' }), 'a.log'), signal)).toMatchObject({ value: { lines: [], cut: false } });
	});
});

describe('an environment file', () => {
	it('gives names and lengths in every form that dotenv knows, and no value', async () => {
		const text = `\uFEFF# comment\nexport SESSION_SECRET="${secret}"\nA=1 # one\nB='two # words'\nC=\nD="line\\none \\"x\\""\nE="a\nbc"\nF="open\nbad line\nA=333\r\n`;
		const verdict = await port.readEnvironmentFile(join(folderOf({ '.env': text }), '.env'), signal);
		expect(verdict).toEqual({
			kind: 'answer',
			value: [
				{ name: 'SESSION_SECRET', length: secret.length },
				{ name: 'A', length: 3 },
				{ name: 'B', length: 11 },
				{ name: 'C', length: 0 },
				{ name: 'D', length: 12 },
				{ name: 'E', length: 4 },
				{ name: 'F', length: 5 },
			],
		});
		expect(JSON.stringify(verdict)).not.toContain(secret);
	});

	it('of any text is read without an error', () => {
		for (const text of ['', '=', 'A', 'A="', '"', '\0', 'A=`x\n\n']) expect(Array.isArray(measureVariables(text))).toBe(true);
	});

	it('that is too long is not read', async () => {
		const folder = folderOf({ '.env': 'A'.repeat(300_000) });
		expect(await port.readEnvironmentFile(join(folder, '.env'), signal)).toMatchObject({ code: 'too-large' });
	});
});
