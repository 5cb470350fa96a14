/**
 * The deployment that faults are made on: the example's own world (application and convex-local as processes), served from a release of its
 * own, with a relay before the application (`edge`), one before the deployment (`wire`) and one before its HTTP actions (`site`). What a
 * fault changes it changes from outside; `mend` undoes all of it.
 */
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorld } from '../../../examples/shop/scripts/world/start-world.mjs';
import { askDiagnosis } from '../ask.mjs';
import { findBrowser } from '../symptoms/browser.mjs';
import { findFreePorts } from './find-free-ports.mjs';
import { createOperator } from './operator.mjs';
import { openRelay } from './relay.mjs';
import { makeRelease, shopFolder } from './release.mjs';
import { createSaboteur } from './saboteur.mjs';

/** Where the shop's processes begin to look for ports: away from those of `npm start`. */
const FIRST_PORT = 23_000;

/** This fault moves the application to where a configuration that is in use does not lead. */
export class FixedConfigurationError extends Error {
	constructor() {
		super('this fault moves the shop to another address, which whoever watches this one would not learn');
	}
}

/**
 * @typedef {object} WorldOptions
 * @property {string} [folder] Of the world; a temporary one when absent.
 * @property {{ edge: number, wire: number, site: number }} [ports] Where to begin to look for free ones.
 * @property {Readonly<Record<string, string | null>>} [overrides] Variables of the application; null takes one away.
 * @property {string} [template] Configuration to write in place of the example's own, with this world's addresses.
 * @property {boolean} [isWatched] The configuration is read by somebody who would not learn of a change: faults that change it are refused.
 * @property {boolean} [reports] The shop reports its errors to the Holdfast of the written configuration.
 * @property {string} [configName] Name of the configuration that diagnoses are asked with.
 */

/**
 * @param {WorldOptions} [options]
 * @returns {Promise<import('./world.d.ts').World>}
 * @throws {Error} When the shop is not built or a process does not start.
 */
export async function openWorld({
	folder: given,
	ports: wanted,
	overrides = {},
	template,
	configName = 'holdfast-faults.yaml',
	isWatched = false,
	reports = false,
} = {}) {
	const folder = given ?? (await mkdtemp(join(tmpdir(), 'holdfast-faults-')));
	const [edgePort = 0, wirePort = 0, sitePort = 0] =
		wanted === undefined ? await findFreePorts(3, FIRST_PORT + 500) : await choosePorts(wanted);
	const release = join(folder, 'release');
	const functions = join(release, 'convex');
	await rm(release, { recursive: true, force: true });
	await makeRelease(release);
	await cp(join(shopFolder, 'convex'), functions, { recursive: true });
	const urls = { edge: `http://localhost:${edgePort}`, wire: `http://127.0.0.1:${wirePort}`, site: `http://127.0.0.1:${sitePort}` };
	const usual = { APP_URL: urls.edge, NEXT_PUBLIC_CONVEX_URL: urls.wire, ...overrides };

	/** @type {Awaited<ReturnType<typeof startWorld>> | null} */
	let shop = null;
	/** @type {number | null} Of the second instance, when there are two. */
	let secondPort = null;
	let turn = 0;
	const edge = await openRelay({
		port: edgePort,
		behind: () => {
			turn += 1;
			return secondPort !== null && turn % 2 === 0 ? secondPort : (shop?.ports.shop ?? 0);
		},
	});
	const wire = await openRelay({ port: wirePort, behind: () => shop?.ports.convex ?? 0 });
	const site = await openRelay({ port: sitePort, behind: () => shop?.ports.site ?? 0 });
	const started = await startWorld({
		folder,
		ports: { shop: FIRST_PORT, convex: FIRST_PORT + 100, site: FIRST_PORT + 200 },
		overrides: usual,
		release,
		functions,
		...(template === undefined ? {} : { template }),
		reports,
	});
	shop = started;
	const configFile = join(folder, configName);
	const healthyConfig = (await readFile(started.files.config, 'utf8'))
		.replaceAll(started.urls.shop, urls.edge)
		.replaceAll(started.urls.convex, urls.wire)
		.replaceAll(started.urls.site, urls.site)
		.replace(/checkout: .*\n/, `checkout: ${JSON.stringify(release)}\n`);

	/** Undone in reverse order. @type {(() => unknown)[]} */
	let undoing = [];
	const undo = (/** @type {() => unknown} */ step) => void undoing.push(step);
	/** Of the application's process, until it is mended. @type {Record<string, string | null> | null} */
	let changed = null;

	/** @type {import('./world.d.ts').BaseWorld} */
	const world = {
		folder,
		release,
		functions,
		edge,
		wire,
		site,
		shop: started,
		undo,
		wireUrl: urls.wire,
		siteUrl: urls.site,
		edgeUrl: urls.edge,
		secrets: started.secrets,
		configFile,
		names: { issuer: 'SHOP_ISSUER', jwks: 'SHOP_JWKS_URL' },
		hasBrowser: findBrowser() !== null,
		visitors: { url: urls.edge, ca: null },
		/** @param {(config: string) => string} change */
		configure: async (change) => {
			if (isWatched) throw new FixedConfigurationError();
			await writeFile(configFile, change(await readFile(configFile, 'utf8')));
		},
		/** Starts the application again with variables changed, beside what was changed before (null takes one away); the next `mend` starts it as usual. */
		restartApp: async (/** @type {Record<string, string | null>} */ changes) => {
			changed = { ...changed, ...changes };
			await started.restartShop({ ...usual, ...changed });
		},
		/** @param {number | null} port */
		balance: (port) => {
			secondPort = port;
		},
		/** A clean memory, a healthy deployment seen once, so that a change has something to differ from. */
		begin: async () => {
			await writeFile(configFile, healthyConfig);
			await rm(join(folder, '.holdfast'), { recursive: true, force: true });
			// What earlier faults left in the log belongs to another story.
			await truncate(started.files.shopLog);
		},
		/** @param {readonly string[]} [more] further arguments of the command line */
		diagnose: (more = []) => askDiagnosis({ config: configFile, env: {}, arguments: more }),
		/** Undoes everything that was done since `begin`. */
		mend: async () => {
			const steps = undoing.reverse();
			undoing = [];
			for (const step of steps) await step();
			await Promise.all([edge, wire, site].map((relay) => relay.use(null)));
			secondPort = null;
			if (started.convex() === null) await started.restartConvex();
			if (changed !== null || started.shop() === null) await started.restartShop(usual);
			changed = null;
			world.visitors.url = urls.edge;
			world.visitors.ca = null;
		},
		close: async () => {
			for (const step of undoing.reverse()) await Promise.resolve(step()).catch(() => {});
			await started.stop();
			await Promise.all([edge, wire, site].map((relay) => relay.close()));
		},
	};
	await writeFile(configFile, healthyConfig);
	return Object.assign(world, createOperator(world), createSaboteur(world));
}

/**
 * @param {{ edge: number, wire: number, site: number }} wanted
 * @returns {Promise<number[]>} The wanted ones or the next that are free, no two the same.
 */
async function choosePorts({ edge, wire, site }) {
	const [first = 0] = await findFreePorts(1, edge);
	const [second = 0] = await findFreePorts(1, wire);
	const [third = 0] = await findFreePorts(1, Math.max(site, second + 1));
	return [first, second, third];
}
