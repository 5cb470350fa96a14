import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { openEngine } from './open-engine.mjs';

/** @import { AuthProvider, HttpRouter, LoadedFunctions, RegisteredFunction } from './loaded-functions.d.ts' */
/** @import { Engine } from './engine.d.ts' */

const CONSOLE_LEVELS = ['debug', 'info', 'log', 'warn', 'error', 'trace'];

let started = 0;

/**
 * Bundles the functions of an application together with convex-test and loads them. `process.env`, `console` and the global `Convex` of the
 * functions are those of this deployment, so that several can live in one process.
 * @param {string} folder the application's `convex` folder
 * @param {string} out where the bundles go; emptied first
 * @param {{ environment: Record<string, string>, say: (level: string, values: unknown[]) => void }} surroundings
 * @returns {Promise<LoadedFunctions>}
 */
export async function loadFunctions(folder, out, { environment, say }) {
	const own = `__convexLocal${process.pid}_${started++}`;
	Object.assign(globalThis, {
		[own]: {
			env: environment,
			console: Object.fromEntries(
				CONSOLE_LEVELS.map((level) => [level, (/** @type {unknown[]} */ ...values) => say(level.toUpperCase(), values)]),
			),
		},
	});
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.[jt]s$/.test(name) && !/_generated|\.test\.|\.d\.ts$/.test(name))
		.sort();
	rmSync(out, { recursive: true, force: true });
	await bundle(folder, files, { out, own });
	const load = (/** @type {string} */ name, suffix = '') => import(pathToFileURL(path.join(out, `${name}.mjs`)).href + suffix);
	const names = files.map((name) => name.replace(/\.[jt]s$/, ''));
	/** @type {Record<string, () => Promise<object>>} */
	const modules = { '/convex/_generated/api.js': async () => ({}) };
	/** @type {Map<string, RegisteredFunction>} */
	const functions = new Map();
	/** @type {{ schema?: LoadedFunctions['schema'], http?: HttpRouter }} */
	const defaults = {};
	for (const name of names) {
		if (name === 'auth.config') continue;
		/** @type {Record<string, RegisteredFunction>} */
		const module = await load(name, `?${own}`);
		modules[`/convex/${name}.ts`] = async () => module;
		if (name === 'schema' || name === 'http') Object.assign(defaults, { [name]: module.default });
		for (const [key, value] of Object.entries(module))
			if (value?.isQuery || value?.isMutation || value?.isAction) functions.set(`${name}:${key}`, value);
	}
	/** @type {Engine} */
	const engine = await load('_engine', `?${own}`);
	let turn = 0;
	return {
		engine,
		modules,
		functions,
		schema: defaults.schema,
		http: defaults.http,
		digest: digestOf(folder, files),
		providers: async () => {
			if (!names.includes('auth.config')) return [];
			/** @type {{ default: { providers: AuthProvider[] } }} */
			const config = await load('auth.config', `?${own}_${turn++}`);
			return config.default.providers;
		},
	};
}

/** @param {string} folder @param {readonly string[]} files @param {{ out: string, own: string }} target */
async function bundle(folder, files, { out, own }) {
	await build({
		entryPoints: [
			...files.map((name) => ({ in: path.join(folder, name), out: name.replace(/\.[jt]s$/, '') })),
			{ in: 'convex-test-opened', out: '_engine' },
		],
		outdir: out,
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		outExtension: { '.js': '.mjs' },
		define: { 'process.env': `${own}.env`, console: `${own}.console`, Convex: `${own}.Convex`, 'global.Convex': `${own}.Convex` },
		banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
		logLevel: 'silent',
		plugins: [openEngine()],
	});
}

/** @param {string} folder @param {readonly string[]} files */
function digestOf(folder, files) {
	const hash = createHash('sha256');
	for (const name of files)
		hash
			.update(`${name}\0`)
			.update(readFileSync(path.join(folder, name)))
			.update('\0');
	return hash.digest('hex');
}
