/** What an operator of the deployment can do, well or badly: switches, variables, data, pushes, certificates, restarts. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ConvexHttpClient } from 'convex/browser';
import { startProcess } from '../../../examples/shop/scripts/world/start-process.mjs';
import { loadCertificateMaker } from './authority.mjs';
import { findFreePorts } from './find-free-ports.mjs';
import { findLanAddress } from './find-lan-address.mjs';
import { openRelay } from './relay.mjs';
import { shopFolder } from './release.mjs';

/** @param {import('./world.d.ts').BaseWorld} world */
export function createOperator(world) {
	const { shop, undo } = world;
	const adminKey = shop.secrets.CONVEX_ADMIN_KEY ?? '';

	/** @param {string} path @param {unknown} [body] */
	const manage = async (path, body) => {
		const response = await fetch(`${shop.urls.convex}${path}`, {
			method: 'POST',
			headers: { authorization: `Convex ${adminKey}`, 'content-type': 'application/json' },
			body: body === undefined ? null : JSON.stringify(body),
		});
		if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
		return response.text();
	};
	/** @param {string} path @param {Record<string, unknown>} args */
	const callAsOperator = async (path, args) => {
		const client = new ConvexHttpClient(shop.urls.convex, { skipConvexDeploymentUrlCheck: true, logger: false });
		const operator =
			/** @type {{ setAdminAuth(key: string): void, function(path: string, component: undefined, args: object): Promise<unknown> }} */ (
				/** @type {unknown} */ (client)
			);
		operator.setAdminAuth(adminKey);
		return operator.function(path, undefined, args);
	};
	const restartConvex = async () => {
		await shop.restartConvex();
	};
	/** Changes what the deployment keeps on disk, while it is stopped. @param {(state: any) => void} change */
	const changeStateFile = async (change) => {
		const file = join(shop.files.data, 'documents.jsonl.state.json');
		await shop.stopConvex();
		const state = await readFile(file, 'utf8').then(JSON.parse, () => ({ system: 'none', user: 'none', limits: [] }));
		change(state);
		await writeFile(file, JSON.stringify(state));
		await restartConvex();
	};
	/** Documents as they are now come back when it is mended. */
	const keepDocuments = async () => {
		const file = join(shop.files.data, 'documents.jsonl');
		const kept = await readFile(file);
		undo(async () => {
			await shop.stopConvex();
			await writeFile(file, kept);
			await restartConvex();
		});
		return { file, lines: kept.toString('utf8').split('\n').filter(Boolean) };
	};

	const changeConvexEnv = async (/** @type {Record<string, string>} */ wanted) => {
		const change = (/** @type {Record<string, string>} */ values) =>
			manage('/api/update_environment_variables', { changes: Object.entries(values).map(([name, value]) => ({ name, value })) });
		await change(wanted);
		const usual = { SHOP_ISSUER: world.edgeUrl, SHOP_JWKS_URL: `http://127.0.0.1:${shop.ports.shop}/.well-known/jwks.json` };
		undo(() => change(usual));
	};

	return {
		makeSecret: () => randomBytes(48).toString('base64url'),
		makeSigningKey: async () =>
			generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
		stopApp: () => shop.stopShop(),
		freezeApp: async () => {
			const running = shop.shop();
			running?.signal('SIGSTOP');
			undo(async () => {
				running?.signal('SIGCONT');
				// A process that stood still for seconds says so of itself for a while.
				await world.restartApp({});
			});
		},
		stopConvex: () => shop.stopConvex(),
		/** @param {Record<string, string | null>} changes against the first instance */
		startSecondApp: async (changes) => {
			const [port] = await findFreePorts(1, shop.ports.shop + 1);
			/** @type {Record<string, string | null | undefined>} */
			const environment = { ...shop.shopEnvironment(), ...changes };
			const second = await startProcess({
				script: join(world.release, 'scripts/serve.mjs'),
				args: ['--port', String(port)],
				cwd: world.release,
				logFile: join(world.folder, 'shop-2.log'),
				env: {
					...process.env,
					...Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
				},
			});
			world.balance(port ?? null);
			undo(() => second.stop());
		},
		/** @param {'paused' | 'suspended' | 'over-limit'} state */
		changeConvexState: async (state) => {
			if (state === 'paused') {
				await manage('/api/v1/pause_deployment');
				undo(() => manage('/api/v1/unpause_deployment'));
			} else if (state === 'over-limit') {
				const { usageLimit } = JSON.parse(
					await manage('/api/v1/create_usage_limit', {
						metric: 'functionCalls',
						window: 'day',
						limitType: 'disable',
						limit: 1,
						enabled: true,
					}),
				);
				undo(() => manage(`/api/v1/delete_usage_limit/${usageLimit.id}`));
			} else {
				await changeStateFile((kept) => {
					kept.system = 'suspended';
				});
				undo(() =>
					changeStateFile((kept) => {
						kept.system = 'none';
					}),
				);
			}
		},
		changeConvexEnv,
		/** Pushes other code: a file of the functions is changed and the deployment started with it. @param {string} file @param {(source: string) => string} change */
		editFunctions: async (file, change) => {
			const path = join(world.functions, file);
			const old = await readFile(path, 'utf8');
			const next = change(old);
			if (next === old) throw new Error(`${file}: the change found nothing to change`);
			await writeFile(path, next);
			await restartConvex();
			undo(async () => {
				await writeFile(path, old);
				await restartConvex();
			});
		},
		removeProducts: async () => {
			const { file, lines } = await keepDocuments();
			await shop.stopConvex();
			await writeFile(file, lines.concat(removalOf(lines, 'products')).join('\n').concat('\n'));
			await restartConvex();
		},
		removeProbeAccount: async () => {
			const { file, lines } = await keepDocuments();
			await shop.stopConvex();
			await writeFile(
				file,
				lines
					.concat(removalOf(lines, 'users', 'probe@shop.example'))
					.join('\n')
					.concat('\n'),
			);
			await restartConvex();
		},
		/** Products in the catalogue, so that reading all of them costs something. @param {number} count */
		addProducts: async (count) => {
			const { file, lines } = await keepDocuments();
			await shop.stopConvex();
			await writeFile(file, lines.concat(productsLike(lines, count)).join('\n').concat('\n'));
			await restartConvex();
		},
		/** Reads the whole table where an index was used. @param {string} source */
		dropIndex: (source) =>
			source.replace(
				/ctx\.db\s*\.query\('products'\)\s*\.withIndex\('by_position', \(q\) => q\.gte\('position', (.*?)\)\.lt\('position', (.*?)\)\)/,
				"ctx.db.query('products').filter((q) => q.and(q.gte(q.field('position'), $1), q.lt(q.field('position'), $2)))",
			),
		/** Visits pages, as people would. @param {readonly string[]} paths */
		visit: async (paths) => {
			for (const path of paths)
				await fetch(`http://127.0.0.1:${shop.ports.shop}${path}`)
					.then((response) => response.text())
					.catch(() => {});
		},
		callAsOperator,
		/** The key set of now at an address of its own, as a set that nobody keeps up to date. */
		freezeJwks: async () => {
			const keys = await fetch(`http://127.0.0.1:${shop.ports.shop}/.well-known/jwks.json`).then((response) => response.text());
			const [port] = await findFreePorts(1, shop.ports.site + 1);
			const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(keys));
			await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));
			undo(() => new Promise((resolve) => server.close(resolve)));
			return `http://127.0.0.1:${port}/jwks.json`;
		},
		/** Another deployment of the same code, without a document. @returns {Promise<string>} its URL */
		startOtherDeployment: async () => {
			const [port, sitePort] = await findFreePorts(2, shop.ports.convex + 1);
			const other = await startProcess({
				script: join(shopFolder, 'scripts/world/convex-process.mjs'),
				cwd: shopFolder,
				logFile: join(world.folder, 'convex-2.log'),
				env: {
					...process.env,
					CONVEX_PORT: String(port),
					CONVEX_SITE_PORT: String(sitePort),
					CONVEX_DATA_DIR: join(world.folder, `other-${port}`),
					CONVEX_ADMIN_KEY: `other|${randomBytes(16).toString('hex')}`,
				},
			});
			undo(() => other.stop());
			return `http://127.0.0.1:${port}`;
		},
		/** The application at https, behind a relay that ends TLS. @param {{ validity?: import('./authority.mjs').Validity, names?: string[], selfSigned?: boolean, handshakeDelayMs?: number, forwardsScheme?: boolean }} wishes @returns {Promise<string>} its URL */
		serveTls: async ({ validity, names = ['localhost'], selfSigned = false, handshakeDelayMs, forwardsScheme = false }) => {
			const { makeAuthority, makeSelfSigned } = await loadCertificateMaker();
			const authority = makeAuthority();
			const tls = selfSigned ? makeSelfSigned(names, validity) : authority.issue(names, validity);
			const ca = join(world.folder, 'authority.pem');
			await writeFile(ca, authority.ca);
			const url = world.edgeUrl.replace('http:', 'https:');
			await world.edge.use({
				tls,
				...(handshakeDelayMs === undefined ? {} : { handshakeDelayMs }),
				...(forwardsScheme ? { ask: (_incoming, headers) => ({ ...headers, 'x-forwarded-proto': 'https' }) } : {}),
			});
			await world.configure((text) =>
				text.replaceAll(world.edgeUrl, url).replace(/( +)private: true\n/, '$1private: true\n$1ca: { file: authority.pem }\n'),
			);
			world.visitors.url = url;
			world.visitors.ca = authority.ca;
			return url;
		},
		/** The application at plain http beside loopback, behind a proxy that forwards https all the same. */
		claimHttps: async () => {
			const address = findLanAddress();
			if (address === null) throw new Error('this machine has no address beside loopback');
			const relay = await openRelay({ port: world.edge.port, host: address, behind: () => shop.ports.shop });
			undo(() => relay.close());
			await relay.use({ ask: (_incoming, headers) => ({ ...headers, 'x-forwarded-proto': 'https' }) });
			const url = `http://${address}:${relay.port}`;
			await world.configure((text) => text.replaceAll(world.edgeUrl, url));
			world.visitors.url = url;
			const claimed = url.replace('http:', 'https:');
			await changeConvexEnv({ [world.names.issuer]: claimed });
			await world.restartApp({ APP_URL: claimed });
		},
		/** The service is looked for at another address. @param {string} url */
		moveTo: async (url) => {
			await world.configure((text) => text.replaceAll(world.edgeUrl, url));
			world.visitors.url = url;
		},
		/** A rule on the way lets Holdfast's machine through and not the application's: told apart here by who says that they ask. */
		cutAppOff: () =>
			world.wire.use({
				answer: (incoming) => {
					if (incoming.headers['user-agent']?.startsWith('Holdfast/')) return false;
					incoming.socket.destroy();
					return true;
				},
			}),
		/** @param {boolean} on */
		setMaintenance: (on) => world.restartApp({ MAINTENANCE_MODE: on ? 'true' : 'false' }),
	};
}

/** Lines of the journal that remove documents of a table. @param {readonly string[]} lines @param {string} table @param {string} [email] */
function removalOf(lines, table, email) {
	return listDocuments(lines)
		.filter((document) => document._id.replace(/^\d+/, '') === table && (email === undefined || document.email === email))
		.map((document) => formatChange(document._id, null));
}

/** @param {readonly string[]} lines @param {number} count */
function productsLike(lines, count) {
	const products = listDocuments(lines).filter((document) => document._id.replace(/^\d+/, '') === 'products');
	const model = products[0];
	if (model === undefined) throw new Error('the catalogue has no product to copy');
	const { length } = model._id;
	return Array.from({ length: count }, (_, index) => {
		const id = `${String(5_000_000 + index).padStart(length - 'products'.length, '0')}products`;
		return formatChange(id, {
			...model,
			_id: id,
			_creationTime: model._creationTime + index / 100,
			slug: `copy-${index}`,
			position: products.length + index,
		});
	});
}

/** A journal's line holds the documents of one commit by their id; null removes one. @param {string} id @param {unknown} document */
function formatChange(id, document) {
	return JSON.stringify({ [id]: document });
}

/** @param {readonly string[]} lines @returns {any[]} */
function listDocuments(lines) {
	/** @type {Map<string, any>} */
	const documents = new Map();
	for (const line of lines)
		for (const [id, document] of Object.entries(JSON.parse(line))) {
			if (document === null) documents.delete(id);
			else documents.set(id, document);
		}
	return [...documents.values()];
}
