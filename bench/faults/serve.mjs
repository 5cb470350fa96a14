/**
 * The example as `npm start` runs it: a deployment on which `holdfast dev break` makes faults while people use it and Holdfast watches it.
 * `--alone`: no Holdfast will run that the shop could report to.
 * usage: node bench/faults/serve.mjs [--port 3000] [--data DIR] [--config FILE] [--alone]
 */
import { chmod } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { shopVariables } from '../../examples/shop/scripts/world/shop-variables.mjs';
import { demoEmail } from '../../examples/shop/scripts/world/start-world.mjs';
import { listenForFaults } from './control-socket.mjs';
import { createFaultDesk } from './fault-desk.mjs';
import { exampleData, socketOf } from './places.mjs';
import { openWorld } from './world/open-world.mjs';

/** @typedef {import('./world/world.d.ts').World} World */

const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '3000' },
		data: { type: 'string', default: exampleData },
		config: { type: 'string' },
		alone: { type: 'boolean', default: false },
	},
});
const folder = resolve(values.data);
let isStopping = false;
/** @type {World | null} */
let world = null;
let stopListening = () => {};
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => void stop(0));

try {
	world = await openWorld({
		folder,
		overrides: readOverrides(),
		ports: { edge: Number(values.port), wire: 3210, site: 3211 },
		configName: 'holdfast.yaml',
		isWatched: true,
		reports: !values.alone,
		...(values.config === undefined ? {} : { template: resolve(values.config) }),
	});
	// Started by root, Holdfast's database runs as somebody who has to pass through; what lies in the folder is closed by itself.
	if (process.getuid?.() === 0) await chmod(folder, 0o711);
} catch (cause) {
	const { code, message } = /** @type {NodeJS.ErrnoException} */ (cause);
	console.error(`start: ${code === undefined ? message : `the folder ${folder} cannot be used: ${code}. Choose another with --data.`}`);
	process.exit(2);
}
if (isStopping) await stop(0);
else {
	tell(world);
	await serveFaults(world);
}

/** What the surroundings say about the shop wins, even an empty value: that is how an operator takes a secret away. */
function readOverrides() {
	return Object.fromEntries(
		[...shopVariables, 'SHOP_DEMO_PASSWORD', 'SHOP_SYNTHETIC_PASSWORD'].flatMap((name) => {
			const value = process.env[name];
			return value === undefined ? [] : [[name, value]];
		}),
	);
}

/** @param {World} open */
function tell({ shop, edgeUrl, wireUrl, siteUrl, configFile }) {
	const { secrets, made, files } = shop;
	const appUrl = shop.shopEnvironment().APP_URL;
	console.log(`Shop       ${edgeUrl}`);
	if (appUrl !== edgeUrl) console.log(`APP_URL    ${appUrl}`);
	console.log(
		`Sign in    ${demoEmail}  ${made.has('SHOP_DEMO_PASSWORD') ? secrets.SHOP_DEMO_PASSWORD : `(password: SHOP_DEMO_PASSWORD in ${show(files.secrets)})`}`,
	);
	console.log(`Convex     ${wireUrl}  HTTP actions ${siteUrl}`);
	console.log(`Config     ${show(configFile)}`);
	console.log(`Data       ${show(folder)}`);
}

/** @param {World} open */
async function serveFaults(open) {
	const { shop, configFile } = open;
	let turn = 0;
	// A process that ends by itself ends the whole; one that a fault ended or started anew does not.
	const stopWatching = () => {
		turn += 1;
	};
	const watchProcesses = () => {
		stopWatching();
		const mine = turn;
		void Promise.race([shop.shop()?.ended, shop.convex()?.ended]).then((sentence) => {
			if (isStopping || mine !== turn) return;
			console.error(`start: a process of the shop ${sentence}. Its log: ${show(shop.files.shopLog)}, ${show(shop.files.convexLog)}`);
			void stop(1);
		});
	};
	watchProcesses();
	const desk = createFaultDesk(open, { onBreak: stopWatching, onMended: watchProcesses });
	stopListening = await listenForFaults(socketOf(configFile), desk.handle);
}

/** @param {string} file */
function show(file) {
	return relative(process.cwd(), file) || file;
}

/** @param {number} code */
async function stop(code) {
	if (isStopping && world === null) return;
	isStopping = true;
	if (world === null) return;
	stopListening();
	await world.close();
	process.exit(code);
}
