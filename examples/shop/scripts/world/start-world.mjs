import { existsSync } from 'node:fs';
import path from 'node:path';
import { chooseAddresses } from './choose-addresses.mjs';
import { completeSecrets, formatEnv, writePrivate } from './complete-secrets.mjs';
import { openTlsEdge } from './open-tls-edge.mjs';
import { readCertificate } from './read-certificate.mjs';
import { seedDeployment } from './seed-deployment.mjs';
import { shopVariables } from './shop-variables.mjs';
import { startProcess } from './start-process.mjs';
import { writeServiceConfig } from './write-service-config.mjs';

const shopFolder = path.resolve(import.meta.dirname, '../..');
export const demoEmail = 'demo@shop.example';
export const syntheticEmail = 'probe@shop.example';

/** @typedef {import('./start-process.mjs').WorldProcess} WorldProcess */

/**
 * @typedef {object} WorldOptions
 * @property {string} folder Own folder of this world: secrets, data, logs. Made when missing (mode 0700).
 * @property {{ shop?: number, convex?: number, site?: number }} [ports] Where to begin to look for free ones: 3000, 3210, 3211.
 * @property {Readonly<Record<string, string | null>>} [overrides] Variables of the shop's process; null takes one away.
 * @property {string} [host] Where the shop listens; 127.0.0.1.
 * @property {boolean} [dev] Next's development server in place of the build.
 * @property {string} [release] Folder with a build and `scripts/serve.mjs` to serve in place of the example's own.
 * @property {{ cert: string, key: string, ca: string }} [tls] Files, PEM: shop and deployment are served over https under this certificate for
 *   `localhost`; `ca` is the authority that the shop's process trusts for the deployment.
 * @property {boolean} [reports] Errors of the shop go to the Holdfast of the written configuration.
 * @property {string} [template] File that `holdfast.yaml` is written from in place of the example's own.
 * @property {string} [functions] Folder of the Convex functions in place of the example's own.
 */

/**
 * @typedef {object} World
 * @property {string} folder
 * @property {{ shop: string, convex: string, site: string }} urls
 * @property {{ shop: number, convex: number, site: number }} ports Of the processes themselves; over TLS those of `urls` are others.
 * @property {Record<string, string>} secrets What this world made for itself, by name; overrides of the shop's process are not among them.
 * @property {ReadonlySet<string>} made Names of secrets that were made in this start.
 * @property {{ secrets: string, shopEnv: string, shopLog: string, convexLog: string, token: string, adminKey: string, syntheticPassword: string, data: string, config: string }} files
 * @property {() => Readonly<Record<string, string | undefined>>} shopEnvironment What the shop's process was started with.
 * @property {() => WorldProcess | null} shop The running process; null while it is stopped.
 * @property {() => WorldProcess | null} convex
 * @property {(overrides?: Readonly<Record<string, string | null>>) => Promise<void>} restartShop Stops and starts the shop; `overrides` replace the ones before.
 * @property {() => Promise<void>} stopShop
 * @property {() => Promise<void>} restartConvex
 * @property {() => Promise<void>} stopConvex
 * @property {() => Promise<void>} stop Stops everything. The folder stays.
 */

/**
 * Starts a whole deployment on this machine: convex-local and the Next server as separate processes, secrets of its own, a seeded catalogue,
 * the demo account and the synthetic account. Several worlds can run side by side, each in its folder.
 *
 * @param {WorldOptions} options
 * @returns {Promise<World>}
 * @throws {Error} When a process does not start; what was started is stopped.
 */
export async function startWorld({
	folder,
	ports: wanted = {},
	overrides = {},
	host = '127.0.0.1',
	dev = false,
	release = shopFolder,
	tls,
	functions,
	template,
	reports = false,
}) {
	/** @type {Record<string, string>} */
	const secrets = {};
	for (const name of ['SHOP_DEMO_PASSWORD', 'SHOP_SYNTHETIC_PASSWORD']) if (overrides[name]) secrets[name] = overrides[name];
	const { file, made } = await completeSecrets(folder, secrets);
	const files = {
		secrets: file,
		shopEnv: path.join(folder, 'shop.env'),
		shopLog: path.join(folder, 'shop.log'),
		convexLog: path.join(folder, 'convex.log'),
		token: path.join(folder, 'holdfast-token'),
		adminKey: path.join(folder, 'convex-admin-key'),
		syntheticPassword: path.join(folder, 'synthetic-password'),
		data: path.join(folder, 'convex'),
		config: path.join(folder, 'holdfast.yaml'),
	};
	const pem = tls === undefined ? null : await readCertificate(tls);
	const { ports, edgePorts, urls } = await chooseAddresses({ wanted, host, tls: pem !== null });

	/** @type {WorldProcess | null} */
	let shop = null;
	/** @type {WorldProcess | null} */
	let convex = null;
	/** @type {Record<string, string | undefined>} */
	let environment = {};

	/** @type {(() => Promise<void>)[]} */
	const closing = [];
	const stop = async () => {
		await Promise.all([stopShop(), stopConvex(), ...closing.splice(0).map((close) => close())]);
	};
	const stopShop = async () => {
		await shop?.stop();
		shop = null;
	};
	const stopConvex = async () => {
		await convex?.stop();
		convex = null;
	};
	const startConvex = async () => {
		convex = await startProcess({
			script: path.join(import.meta.dirname, 'convex-process.mjs'),
			cwd: shopFolder,
			logFile: files.convexLog,
			env: {
				...withoutShopVariables(),
				CONVEX_PORT: String(ports.convex),
				CONVEX_SITE_PORT: String(ports.site),
				CONVEX_DATA_DIR: files.data,
				CONVEX_ADMIN_KEY: secrets.CONVEX_ADMIN_KEY,
				...(functions === undefined ? {} : { CONVEX_FUNCTIONS_DIR: functions }),
			},
		});
	};
	/** @param {Readonly<Record<string, string | null>>} changes */
	const startShop = async (changes) => {
		const reporting = reports && dsn !== null ? { SENTRY_DSN: dsn } : {};
		environment = chooseEnvironment({ APP_URL: urls.shop, NEXT_PUBLIC_CONVEX_URL: urls.convex, ...reporting, ...secrets }, changes);
		await writePrivate(files.shopEnv, formatEnv(environment));
		shop = await startProcess({
			script: path.join(release, 'scripts/serve.mjs'),
			args: ['--port', String(ports.shop), '--host', pem === null ? host : '127.0.0.1', ...(dev ? ['--dev'] : [])],
			cwd: release,
			logFile: files.shopLog,
			env: { ...withoutShopVariables(), ...(tls === undefined ? {} : { NODE_EXTRA_CA_CERTS: path.resolve(tls.ca) }), ...environment },
		});
	};

	await writePrivate(files.token, `${secrets.HOLDFAST_TOKEN}\n`);
	await writePrivate(files.adminKey, `${secrets.CONVEX_ADMIN_KEY}\n`);
	await writePrivate(files.syntheticPassword, `${secrets.SHOP_SYNTHETIC_PASSWORD}\n`);
	const { dsn } = await writeServiceConfig(folder, urls, { ca: tls?.ca, template });
	try {
		await startConvex();
		if (pem !== null) {
			closing.push(await openTlsEdge({ port: edgePorts.convex, host: '127.0.0.1', behind: ports.convex, tls: pem }));
			closing.push(await openTlsEdge({ port: edgePorts.shop, host, behind: ports.shop, tls: pem }));
		}
		const issuer = findOrigin(overrides.AUTH_ISSUER || overrides.APP_URL) ?? urls.shop;
		await seedDeployment({
			url: `http://127.0.0.1:${ports.convex}`,
			adminKey: secrets.CONVEX_ADMIN_KEY ?? '',
			// The keys by the address inside: the one that people use may lead through a proxy whose certificate only they trust.
			environment: { SHOP_ISSUER: issuer, SHOP_JWKS_URL: `http://127.0.0.1:${ports.shop}/.well-known/jwks.json` },
			accounts: [
				{ email: demoEmail, name: 'Demo', password: secrets.SHOP_DEMO_PASSWORD ?? '', synthetic: false },
				{ email: syntheticEmail, name: 'Probe', password: secrets.SHOP_SYNTHETIC_PASSWORD ?? '', synthetic: true },
			],
		});
		await startShop(overrides);
	} catch (cause) {
		await stop();
		throw cause;
	}

	return {
		folder,
		urls,
		ports,
		secrets,
		made,
		files,
		shopEnvironment: () => environment,
		shop: () => shop,
		convex: () => convex,
		restartShop: async (changes = {}) => {
			await stopShop();
			await startShop(changes);
		},
		stopShop,
		restartConvex: async () => {
			await stopConvex();
			await startConvex();
		},
		stopConvex,
		stop,
	};
}

/** Whether the shop has a build to serve. */
export function isShopBuilt() {
	return existsSync(path.join(shopFolder, '.next/BUILD_ID'));
}

/**
 * @param {Readonly<Record<string, string | undefined>>} usual
 * @param {Readonly<Record<string, string | null>>} changes
 * @returns {Record<string, string | undefined>}
 */
function chooseEnvironment(usual, changes) {
	const chosen = Object.fromEntries(Object.entries(usual).filter(([name]) => shopVariables.includes(name)));
	for (const [name, value] of Object.entries(changes)) {
		if (name === 'SHOP_DEMO_PASSWORD' || name === 'SHOP_SYNTHETIC_PASSWORD') continue;
		if (value === null) delete chosen[name];
		else chosen[name] = value;
	}
	return chosen;
}

/**
 * An address that is none stops nothing here: the shop starts with it, and its health says so.
 *
 * @param {string | null | undefined} address
 * @returns {string | null}
 */
function findOrigin(address) {
	return address && URL.canParse(address) ? new URL(address).origin : null;
}

/** The surroundings of this process without what would leak into the shop: what its process reads is chosen here. */
function withoutShopVariables() {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !shopVariables.includes(name)));
}
