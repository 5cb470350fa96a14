// Starts the shop with everything that it needs: convex-local, secrets, accounts, and the built shop. Ends with all of them.
// usage: node scripts/start.mjs [--port 3000] [--host 127.0.0.1] [--data .data] [--dev] [--tls-cert FILE --tls-key FILE [--tls-ca FILE]]
import path from 'node:path';
import { parseArgs } from 'node:util';
import { shopVariables } from './world/shop-variables.mjs';
import { demoEmail, isShopBuilt, startWorld } from './world/start-world.mjs';

const shop = path.resolve(import.meta.dirname, '..');
const options = readOptions();
if (!options.dev && !isShopBuilt()) fail('the shop is not built: expected .next/BUILD_ID. Run `npm run build` first.');

// Relative to where the command was given, as every path on a command line.
const folder = path.resolve(options.data ?? path.join(shop, '.data'));
// What the surroundings say about the shop wins, even an empty value: that is how an operator takes a secret away.
const overrides = Object.fromEntries(
	[...shopVariables, 'SHOP_DEMO_PASSWORD', 'SHOP_SYNTHETIC_PASSWORD'].flatMap((name) => {
		const value = process.env[name];
		return value === undefined ? [] : [[name, value]];
	}),
);
let isStopping = false;
/** @type {import('./world/start-world.mjs').World | undefined} */
let world;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => void stop(0));

try {
	world = await startWorld({
		folder,
		overrides,
		host: options.host,
		dev: options.dev,
		...(options.tls === null ? {} : { tls: options.tls }),
		ports: options.port === 0 ? { shop: 0, convex: 0, site: 0 } : { shop: options.port },
	});
} catch (cause) {
	const { code, message } = /** @type {NodeJS.ErrnoException} */ (cause);
	fail(code === undefined ? message : `the folder ${folder} cannot be used: ${code}. Choose another with --data.`);
}
if (isStopping) await stop(0);
else {
	const { urls, secrets, made, files } = world;
	const appUrl = world.shopEnvironment().APP_URL;
	const show = (/** @type {string} */ file) => path.relative(process.cwd(), file) || file;
	console.log(`Shop       ${urls.shop}`);
	if (appUrl !== urls.shop) console.log(`APP_URL    ${appUrl}`);
	console.log(
		`Sign in    ${demoEmail}  ${made.has('SHOP_DEMO_PASSWORD') ? secrets.SHOP_DEMO_PASSWORD : `(password: SHOP_DEMO_PASSWORD in ${show(files.secrets)})`}`,
	);
	console.log(`Convex     ${urls.convex}  HTTP actions ${urls.site}`);
	console.log(`Config     ${show(files.config)}`);
	console.log(`Data       ${show(folder)}`);
	void Promise.race([world.shop()?.ended, world.convex()?.ended]).then((sentence) => {
		if (isStopping) return;
		console.error(`start: a process of the shop ${sentence}. Its log: ${show(files.shopLog)}, ${show(files.convexLog)}`);
		void stop(1);
	});
}

/** @param {number} code */
async function stop(code) {
	if (isStopping && world === undefined) return;
	isStopping = true;
	if (world === undefined) return;
	await world.stop();
	process.exit(code);
}

function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				port: { type: 'string' },
				host: { type: 'string', default: '127.0.0.1' },
				data: { type: 'string' },
				dev: { type: 'boolean', default: false },
				'tls-cert': { type: 'string' },
				'tls-key': { type: 'string' },
				'tls-ca': { type: 'string' },
			},
		});
		const port = values.port ?? process.env.PORT ?? '3000';
		if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
			return fail(`expected a port from 0 to 65535, got ${JSON.stringify(port)}, for example --port 3000`);
		const { 'tls-cert': cert, 'tls-key': key, 'tls-ca': ca = cert } = values;
		if ((cert === undefined) !== (key === undefined)) return fail('expected --tls-cert and --tls-key together, got one of them.');
		// A certificate that signed itself is its own authority.
		const tls = cert === undefined || key === undefined || ca === undefined ? null : { cert, key, ca };
		return { ...values, port: Number(port), tls };
	} catch (cause) {
		return fail(
			`${cause instanceof Error ? cause.message : String(cause)}\nusage: node scripts/start.mjs [--port 3000] [--host 127.0.0.1] [--data .data] [--dev] [--tls-cert FILE --tls-key FILE [--tls-ca FILE]]`,
		);
	}
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
	console.error(`start: ${message}`);
	process.exit(2);
}
