import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

let started = 0;

/**
 * Bundles the functions of an app, together with convex-test, and loads them. `process.env` and `console` of the functions are those of the deployment.
 * @param {string} folder the app's `convex` folder
 * @param {string} out where the bundles go
 * @param {Record<string, string>} env the deployment's environment, read live
 * @param {(level: string, values: unknown[]) => void} say takes console lines
 */
export async function loadFunctions(folder, out, env, say) {
	const own = `__convexLocal${process.pid}_${started++}`;
	/** @type {any} */ (globalThis)[own] = {
		env,
		console: Object.fromEntries(
			['debug', 'info', 'log', 'warn', 'error', 'trace'].map((level) => [
				level,
				(/** @type {unknown[]} */ ...values) => say(level.toUpperCase(), values),
			]),
		),
	};
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.[jt]s$/.test(name) && !/_generated|\.test\.|\.d\.ts$/.test(name))
		.sort();
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
		define: { 'process.env': `${own}.env`, console: `${own}.console` },
		banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
		logLevel: 'silent',
		plugins: [
			{
				name: 'opened',
				setup(it) {
					it.onResolve({ filter: /^convex-test-opened$/ }, () => ({ path: 'opened', namespace: 'opened' }));
					it.onLoad({ filter: /.*/, namespace: 'opened' }, () => ({
						contents: "export { convexTest, DatabaseFake } from 'convex-test';",
						resolveDir: import.meta.dirname,
					}));
					it.onLoad({ filter: /convex-test\/dist\/index\.js$/ }, async ({ path: file }) => {
						const { readFile } = await import('node:fs/promises');
						return { contents: `${await readFile(file, 'utf8')}\nexport { DatabaseFake };`, loader: 'js' };
					});
				},
			},
		],
	});
	const load = (/** @type {string} */ name, suffix = '') => import(pathToFileURL(path.join(out, `${name}.mjs`)).href + suffix);
	const names = files.map((name) => name.replace(/\.[jt]s$/, ''));
	/** @type {Record<string, () => Promise<any>>} */
	const modules = { '/convex/_generated/api.js': async () => ({}) };
	/** @type {Map<string, any>} */
	const functions = new Map();
	for (const name of names) {
		if (name === 'auth.config') continue;
		const module = await load(name, `?${own}`);
		modules[`/convex/${name}.ts`] = async () => module;
		for (const [key, value] of Object.entries(module))
			if (value?.isQuery || value?.isMutation || value?.isAction) functions.set(`${name}:${key}`, value);
	}
	const engine = await load('_engine', `?${own}`);
	let turn = 0;
	return {
		engine,
		modules,
		functions,
		schema: (await modules['/convex/schema.ts']?.())?.default,
		http: (await modules['/convex/http.ts']?.())?.default,
		/** Evaluated anew on each call, since it may depend on the environment. @returns {Promise<any[]>} */
		providers: async () => (names.includes('auth.config') ? (await load('auth.config', `?${own}_${turn++}`)).default.providers : []),
	};
}
