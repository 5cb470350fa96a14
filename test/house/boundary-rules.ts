/**
 * Who may import what. The table is the one of ARCHITECTURE.md; `judgeImport` applies it to one import and answers with a sentence
 * that says where the code belongs.
 */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import type { Import } from './scan-imports.ts';

/** What a workspace publishes and asks for, from its package.json. */
export interface Workspace {
	readonly name: string;
	/** Folder from the top, `packages/runbook`. */
	readonly folder: string;
	/** Keys of `exports`: `./model`. */
	readonly entries: readonly string[];
	readonly dependencies: readonly string[];
}

export interface House {
	readonly workspaces: readonly Workspace[];
	/** Development tools of the root: for tests, scripts and benches. */
	readonly tools: readonly string[];
}

interface Place {
	/** Entry points of ours that it may import: `@holdfast/kit/wire`, or `@holdfast/engine/*`. */
	readonly ours: readonly string[];
	/** Of those, which only as `import type`. */
	readonly typesOnly?: readonly string[];
	readonly node: boolean;
	/** What it must never know, as names of packages. */
	readonly never?: readonly string[];
	/** Ends the sentence of a refusal. */
	readonly belongs: string;
}

const WEB = ['react', 'react-dom', 'next', 'express', 'fastify', 'hono', 'koa'];
const STORAGE = ['pg', 'kysely', '@electric-sql/pglite', 'better-sqlite3'];
const VENDORS = ['convex', '@vercel/sdk', '@sentry/node', '@sentry/nextjs', 'nodemailer'];

const PLACES: Readonly<Record<string, Place>> = {
	'packages/runbook': {
		ours: [],
		node: false,
		never: [...WEB, ...STORAGE, ...VENDORS],
		belongs: 'runbook is pure: text in, values out. What reads files or asks the world belongs in packages/checks or packages/engine.',
	},
	'packages/kit': {
		ours: [],
		node: true,
		never: [...STORAGE, ...VENDORS],
		belongs:
			'kit lives inside other people’s applications and knows nothing of ours. What both sides need belongs in packages/kit/src/wire.ts.',
	},
	'packages/checks': {
		ours: ['@holdfast/runbook/*', '@holdfast/kit/wire'],
		node: true,
		never: [...WEB, ...STORAGE, ...VENDORS],
		belongs:
			'checks declare what they need of a vendor in packages/checks/src/vendors.ts; packages/providers implements it, packages/engine stores.',
	},
	'packages/providers': {
		ours: ['@holdfast/checks/contract', '@holdfast/checks/vendors', '@holdfast/checks/target', '@holdfast/checks/secret'],
		node: true,
		never: [...WEB, ...STORAGE],
		belongs: 'a provider knows its vendor and the interfaces in checks. What combines several belongs in packages/engine.',
	},
	'packages/engine': {
		ours: ['@holdfast/runbook/*', '@holdfast/checks/*', '@holdfast/providers/*', '@holdfast/kit/wire'],
		node: true,
		never: [...WEB, 'commander'],
		belongs: 'the engine knows no HTTP framework, no React and no command line: those are rims, in apps/.',
	},
	'apps/cli': {
		ours: ['@holdfast/engine/*', '@holdfast/runbook/*'],
		typesOnly: ['@holdfast/runbook/*'],
		node: true,
		never: [...WEB, ...STORAGE, ...VENDORS],
		belongs:
			'the CLI parses input, calls an operation and shows the result. What decides or measures belongs in an operation of packages/engine.',
	},
	'apps/console': {
		ours: ['@holdfast/engine/*', '@holdfast/runbook/*', '@holdfast/kit/*'],
		typesOnly: ['@holdfast/runbook/*'],
		node: true,
		never: [...STORAGE, ...VENDORS],
		belongs:
			'the console parses input, calls an operation and shows the result. What decides or measures belongs in an operation of packages/engine.',
	},
	examples: {
		ours: ['@holdfast/kit/*'],
		node: true,
		belongs: 'an example is an operated application: it has the kit and talks to everything else over HTTP.',
	},
};

/** Narrower than its package: folders whose files reason over values. */
const PURE_FOLDERS = ['packages/checks/src/diagnosis'];
/** Folder of packages/providers through which every provider asks: it is none itself. */
const PROVIDERS_COMMON_GROUND = 'http';

/** The places of the engine that name concrete providers: the compositions. */
const COMPOSITIONS = ['packages/engine/src/main.ts', 'packages/engine/src/local.ts', 'packages/engine/src/local/'];
/** What the engine may take values from elsewhere too: they connect to nobody. */
const PROVIDERS_VALUES = '@holdfast/providers/notification';
const NODE_BUILTINS = new Set(builtinModules);

/**
 * @param file Path from the top, with `/`.
 * @param test Whether the file is a test or serves only tests: those may also use the root's tools and Node.js.
 * @returns A sentence when the import is against the table, null when it is not.
 */
export function judgeImport(house: House, file: string, imported: Import, test: boolean): string | null {
	const { specifier } = imported;
	const place = findPlace(file);
	if (specifier === null) {
		// A program's shim names what the build makes: it has to run before that is there. A runner of other people's functions is told which.
		// `holdfast dev` loads the faults of a checkout, which what is installed does not have.
		if (place === null || test || /^apps\/[^/]+\/bin\/|^examples\/[^/]+\/convex-local\/|^apps\/cli\/src\/dev\//.test(file)) return null;
		return 'imports a module whose name is computed, so nobody can read what it depends on. Name it.';
	}
	// What a package builds for tests may serve the tests of another.
	if (test && /^(?:\.\.\/)+packages\/[^/]+\/src\/fixtures\//.test(specifier)) return null;
	if (specifier.startsWith('.')) return judgeRelative(house, file, imported, specifier);
	if (specifier.startsWith('node:') || NODE_BUILTINS.has(specifier)) return judgeNode(file, specifier, place, test);
	const name = packageName(specifier);
	const workspace = house.workspaces.find((one) => one.name === name);
	return workspace ? judgeOurs(house, file, imported, specifier, workspace, place) : judgeForeign(house, file, name, place, test);
}

function judgeRelative(house: House, file: string, imported: Import, specifier: string): string | null {
	const target = posix.join(posix.dirname(file), specifier);
	const own = findFolder(house, file);
	const other = findFolder(house, target);
	const provider = findProvider(file);
	if (own !== other && findPlace(file) !== null) {
		return `reaches out of its package into ${target}. Import a published entry point by its name, or move the code.`;
	}
	if (provider !== null && findProvider(target) !== null && findProvider(target) !== provider) {
		return `makes the provider ${provider} know the provider ${findProvider(target)}. What both need belongs beside their folders; what combines them, in packages/engine.`;
	}
	if (isPure(file) && !imported.typeOnly && /(?:^|\/)(?:probe|catalogue)\//.test(target)) {
		return `takes values from ${target}, but reasoning knows only observations. Import the type, or pass the value in.`;
	}
	return null;
}

function judgeNode(file: string, specifier: string, place: Place | null, test: boolean): string | null {
	if (!specifier.startsWith('node:')) return `imports "${specifier}"; write "node:${specifier}".`;
	if (test || place === null) return null;
	if (isPure(file))
		return `imports "${specifier}", but reasoning knows no clock, network or files. Measure in a check and pass the value in.`;
	return place.node ? null : `imports "${specifier}", but ${place.belongs}`;
}

function judgeOurs(house: House, file: string, imported: Import, specifier: string, target: Workspace, place: Place | null): string | null {
	const entry = `.${specifier.slice(target.name.length)}`;
	if (!target.entries.includes(entry)) {
		const published = target.entries.map((one) => target.name + one.slice(1)).join(', ');
		return `imports "${specifier}", which is no entry point. ${target.name} publishes ${published || 'nothing'}; add it to \`exports\` there, or move the code.`;
	}
	if (place === null) return null;
	if (!place.ours.some((pattern) => covers(pattern, specifier))) return `imports "${specifier}", but ${place.belongs}`;
	if (!imported.typeOnly && place.typesOnly?.some((pattern) => covers(pattern, specifier))) {
		return `imports values of "${specifier}"; only \`import type\` is allowed here, because ${place.belongs}`;
	}
	const concrete = target.name === '@holdfast/providers' && specifier !== PROVIDERS_VALUES && !imported.typeOnly;
	if (file.startsWith('packages/engine/') && concrete && !isComposition(file)) {
		return 'names a concrete provider. Take the interface of @holdfast/checks/vendors; packages/engine/src/local.ts and main.ts say which one it is.';
	}
	const own = house.workspaces.find((one) => file.startsWith(`${one.folder}/`));
	if (own && !own.dependencies.includes(target.name))
		return `imports ${target.name}, which is not among the dependencies of ${own.folder}/package.json. Add it there.`;
	return null;
}

function judgeForeign(house: House, file: string, name: string, place: Place | null, test: boolean): string | null {
	if (file.startsWith('scripts/')) return `imports "${name}", but scripts run before anything is installed. Use what Node.js has.`;
	if (place?.never?.includes(name)) return `imports "${name}", but ${place.belongs}`;
	const own = house.workspaces.find((one) => file.startsWith(`${one.folder}/`));
	const declared = [...(own?.dependencies ?? []), ...(test || own === undefined ? house.tools : [])];
	if (declared.includes(name)) return null;
	return `imports "${name}", which ${own ? `${own.folder}/package.json` : 'package.json'} does not name. Add it there with an exact version.`;
}

function findPlace(file: string): Place | null {
	const [top, second] = file.split('/');
	return PLACES[`${top}/${second}`] ?? PLACES[top ?? ''] ?? null;
}

/** The workspace's folder, or the top folder for what is in none. */
function findFolder(house: House, file: string): string {
	return house.workspaces.find((one) => file.startsWith(`${one.folder}/`))?.folder ?? (file.split('/')[0] as string);
}

function findProvider(file: string): string | null {
	const folder = /^packages\/providers\/src\/([^/.]+)\//.exec(file)?.[1] ?? null;
	return folder === PROVIDERS_COMMON_GROUND ? null : folder;
}

function isPure(file: string): boolean {
	return PURE_FOLDERS.some((folder) => file.startsWith(`${folder}/`));
}

function isComposition(file: string): boolean {
	return COMPOSITIONS.some((place) => file === place || (place.endsWith('/') && file.startsWith(place))) || file.endsWith('.test.ts');
}

function covers(pattern: string, specifier: string): boolean {
	return pattern.endsWith('/*') ? specifier.startsWith(pattern.slice(0, -1)) : pattern === specifier;
}

function packageName(specifier: string): string {
	return specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');
}
