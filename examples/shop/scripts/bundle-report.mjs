// Turns what `next build` and `next analyze --output` left behind into a table, a JSON file and a page under .next/analyze/.
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { kb, renderBundlePage } from './bundle-page.mjs';

/**
 * Writes `.next/analyze/{index.html,report.json}` and prints a table per route. All sizes in bytes; first load is what the kit measures on the
 * deployable build's own files (gzip level 9), the rest is what the analyzer of Next found in its build.
 */
export async function writeBundleReport(buildFolder) {
	const summaries = await readJson(path.join(buildFolder, 'diagnostics/analyze/data/route-summaries.json'), 'next analyze --output');
	// Loaded here: the kit is compiled by the same build, after this file is read.
	const { readBundle } = await import('@holdfast/kit/bundle');
	const bundle = await readBundle(buildFolder);
	const firstLoad = new Map(
		bundle.routes.map(({ route, bytes, gzipBytes, files }) => [route, { size: bytes, compressed: gzipBytes, files }]),
	);
	const routes = summaries
		.map((summary) => ({
			route: summary.route,
			firstLoad: firstLoad.get(summary.route) ?? null,
			client: { size: summary.client.size, compressed: summary.client.compressed_size },
			server: { size: summary.size - summary.client.size, compressed: summary.compressed_size - summary.client.compressed_size },
		}))
		.sort((left, right) => (right.firstLoad?.compressed ?? 0) - (left.firstLoad?.compressed ?? 0) || left.route.localeCompare(right.route));
	const parts = await readClientParts(path.dirname(buildFolder));
	const report = { version: 1, routes, packages: groupByPackage(parts).slice(0, 30), parts: parts.slice(0, 60) };

	const folder = path.join(buildFolder, 'analyze');
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, 'report.json'), `${JSON.stringify(report, null, '\t')}\n`);
	await writeFile(path.join(folder, 'index.html'), renderBundlePage(report));
	console.log(formatTable(report));
	console.log(`Report: ${path.relative(process.cwd(), path.join(folder, 'index.html'))}`);
}

async function readJson(file, source) {
	try {
		return JSON.parse(await readFile(file, 'utf8'));
	} catch (cause) {
		throw new Error(`bundle report: expected ${file} as written by \`${source}\`, got ${cause.code ?? 'something that is not JSON'}.`, {
			cause,
		});
	}
}

/** The pieces of source in the files that browsers load, each counted once however many routes load it; largest first. */
async function readClientParts(shop) {
	const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
	const child = spawn(process.execPath, [next, 'analyze', 'export'], {
		cwd: shop,
		env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const closed = new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	const seen = new Set();
	const sources = new Map();
	for await (const line of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
		const record = JSON.parse(line);
		if (record.type !== 'part' || !record.filename.startsWith('[client-fs]')) continue;
		const key = `${record.filename}\n${record.source_path}`;
		if (seen.has(key)) continue;
		seen.add(key);
		const source = record.source_path.replace(/^\[project\]\//, '');
		const known = sources.get(source) ?? { source, size: 0, compressed: 0 };
		sources.set(source, { source, size: known.size + record.size, compressed: known.compressed + record.compressed_size });
	}
	const code = await closed;
	if (code !== 0) throw new Error(`bundle report: \`next analyze export\` ended with exit code ${code}; its own message stands above.`);
	return [...sources.values()].sort((left, right) => right.compressed - left.compressed);
}

/** The package that a source belongs to; `the shop itself` for the application's own code. */
export function packageOf(source) {
	const inside = source.split('node_modules/').at(-1);
	if (inside !== source)
		return inside
			.split('/')
			.slice(0, inside.startsWith('@') ? 2 : 1)
			.join('/');
	return source.startsWith('examples/shop/')
		? 'the shop itself'
		: source.startsWith('packages/')
			? source.split('/').slice(0, 2).join('/')
			: 'the bundler';
}

function groupByPackage(parts) {
	const groups = new Map();
	for (const part of parts) {
		const name = packageOf(part.source);
		const known = groups.get(name) ?? { name, size: 0, compressed: 0, sources: 0 };
		groups.set(name, { name, size: known.size + part.size, compressed: known.compressed + part.compressed, sources: known.sources + 1 });
	}
	return [...groups.values()].sort((left, right) => right.compressed - left.compressed);
}

function formatTable({ routes, packages, parts }) {
	const width = Math.max(...routes.map(({ route }) => route.length), 5);
	const rows = routes.map(({ route, firstLoad, server }) =>
		[
			route.padEnd(width),
			kb(firstLoad?.compressed).padStart(12),
			kb(firstLoad?.size).padStart(12),
			kb(server.compressed).padStart(12),
		].join('  '),
	);
	return [
		'',
		[`Route`.padEnd(width), 'first load'.padStart(12), 'unpacked'.padStart(12), 'server code'.padStart(12)].join('  '),
		...rows,
		'',
		'Largest packages in the browser (compressed)',
		...packages.slice(0, 6).map((item) => `  ${kb(item.compressed).padStart(10)}  ${item.name}`),
		'',
		'Largest files in the browser (compressed)',
		...parts.slice(0, 8).map((item) => `  ${kb(item.compressed).padStart(10)}  ${item.source}`),
		'',
	].join('\n');
}
