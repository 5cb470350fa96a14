/**
 * What people, sockets and the operating system notice of a fault. Looked for before a diagnosis (a fault that nobody notices was not made)
 * and after mending (what still shows was not mended). None of it uses the checks, the command line or what the kit reports.
 */
import { readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openOrders, signIn, withPage } from './browser.mjs';
import { ask, askForWebSocket, follow } from './visitor.mjs';

/**
 * @typedef {import('../world/world.d.ts').World} World
 *
 * @typedef {object} Symptom
 * @property {true} [needsBrowser]
 * @property {(world: World) => Promise<any>} [before] What it must remember of the healthy deployment; handed to `look`.
 * @property {(world: World, remembered: any) => Promise<string | null>} look What is noticed, in a few words; null when all is well.
 */

/** Of the account that Holdfast's own walk uses: the others have no password in the world. */
const accountOf = (/** @type {World} */ world) => ({
	url: world.visitors.url,
	email: 'probe@shop.example',
	password: world.secrets.SHOP_SYNTHETIC_PASSWORD ?? '',
});

/** @param {() => Promise<string | null>} look @returns {Promise<string | null>} */
async function notice(look) {
	try {
		return await look();
	} catch (error) {
		return error instanceof Error ? error.message || error.name : String(error);
	}
}

/** @param {(world: World) => Promise<string | null>} look @returns {Symptom} */
const plain = (look) => ({ look: (world) => notice(() => look(world)) });

/** A page is not there, or not what the shop would say. @param {string} path @param {RegExp} text @returns {Symptom} */
const pageWithout = (path, text) =>
	plain(async ({ visitors }) => {
		const page = await follow(`${visitors.url}${path}`, { ca: visitors.ca });
		if (page.status !== 200) return `${path}: status ${page.status}`;
		return text.test(page.text) ? null : `${path}: ${page.body.length} bytes without ${text.source}`;
	});

/** @param {string} html @returns {string[]} Paths of scripts and styles. */
function listAssets(html) {
	return [...html.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+\.(?:js|css)[^"]*)"/g)].map(([, path]) =>
		(path ?? '').replaceAll('&amp;', '&'),
	);
}

/** The home page's scripts and styles, each asked for. @param {World} world */
async function askForAssets({ visitors }) {
	const page = await follow(`${visitors.url}/`, { ca: visitors.ca });
	const paths = [...new Set(listAssets(page.text))];
	if (paths.length === 0) throw new Error(`the home page (status ${page.status}) asks for no script`);
	return Promise.all(paths.map(async (path) => ({ path, answer: await ask(`${visitors.url}${path}`, { ca: visitors.ca }) })));
}

/** @param {(world: World) => Promise<string | null>} look @returns {Symptom} */
const browsed = (look) => ({ needsBrowser: true, look: (world) => notice(() => look(world)) });

/** @param {World} world @param {string} file of the process below /proc */
const readProcess = async (world, file) => readFile(`/proc/${world.shop.shop()?.pid}/${file}`, 'utf8');

/** Seconds of processor time that the application's process has used. @param {World} world */
async function readCpuSeconds(world) {
	const fields = (await readProcess(world, 'stat')).replace(/^.*\) /, '').split(' ');
	// Fields 14 and 15 of proc_pid_stat(5), in ticks of 10 ms on Linux.
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Nobody gets a page: no connection, no answer, or an error in its place. */
export const homeGone = pageWithout('/', /Bight/);

/** The catalogue shows no product. */
export const productsGone = pageWithout('/products', /href="\/products\/[a-z]/);

/** Signing in, or the page after it, fails; tried several times where instances take turns. */
export const signInFails = browsed((world) => tryToSignIn(world, 1));
export const signInFailsAtTimes = browsed((world) => tryToSignIn(world, 4));

/** @param {World} world @param {number} times */
async function tryToSignIn(world, times) {
	for (let count = 0; count < times; count += 1) {
		const said = await withPage(async (page) => {
			const first = await signIn(page, accountOf(world));
			if (first !== null) return first;
			for (let again = 0; again < times; again += 1) {
				const next = await openOrders(page, accountOf(world));
				if (next !== null) return `on a page after it: ${next}`;
			}
			return null;
		});
		if (said !== null) return said;
	}
	return null;
}

/** Somebody who was signed in before is not any more. @type {Symptom} */
export const sessionLost = {
	needsBrowser: true,
	before: (world) =>
		withPage(async (page) => {
			const said = await signIn(page, accountOf(world));
			if (said !== null) throw new Error(said);
			return page.context().cookies();
		}),
	look: (world, cookies) => notice(() => withPage((page) => openOrders(page, accountOf(world)), { cookies })),
};

/** The browser refuses scripts or cannot run them: the shop has no life in it. */
export const scriptsDead = browsed((world) =>
	withPage(
		async (page) => {
			/** @type {string[]} */
			const errors = [];
			page.on('console', (message) => (message.type() === 'error' ? void errors.push(message.text()) : undefined));
			page.on('pageerror', (error) => void errors.push(error.message));
			await page.goto(`${world.visitors.url}/`, { waitUntil: 'load' });
			await pause(300);
			return errors[0]?.slice(0, 160) ?? null;
		},
		{ scripts: true },
	),
);

/** A script or style of the home page is missing, empty or of another kind. */
export const assetsBroken = plain(async (world) => {
	for (const { path, answer } of await askForAssets(world)) {
		if (answer.status !== 200) return `${path}: status ${answer.status}`;
		if (answer.body.length === 0) return `${path}: empty`;
		const type = answer.headers['content-type'] ?? 'none';
		if (!/javascript|css/.test(type)) return `${path}: content type ${type}`;
	}
	return null;
});

/** More script than people on phones can wait for. */
export const scriptsHeavy = plain(async (world) => {
	const scripts = (await askForAssets(world)).filter(({ path }) => path.includes('.js'));
	const bytes = scripts.reduce((sum, { answer }) => sum + answer.body.length, 0);
	return bytes > 1_800_000 ? `${(bytes / 1e6).toFixed(1)} MB of scripts` : null;
});

/** Pages take longer than people wait. @param {{ path?: string | (() => string), ms: number, times?: number, everyMs?: number }} limits */
export const slower = ({ path: given = '/', ms, times = 1, everyMs = 0 }) =>
	plain(async ({ visitors }) => {
		const path = typeof given === 'string' ? given : given();
		let slowest = 0;
		for (let count = 0; count < times; count += 1) {
			const page = await ask(`${visitors.url}${path}`, { ca: visitors.ca, timeoutMs: 30_000 });
			slowest = Math.max(slowest, page.ms);
			await pause(everyMs);
		}
		return slowest > ms ? `${path}: ${Math.round(slowest)} ms` : null;
	});

/** A path does not answer as it does otherwise. @param {string} path */
export const refused = (path) =>
	plain(async ({ visitors }) => {
		const page = await ask(`${visitors.url}${path}`, { ca: visitors.ca });
		return page.status === 200 ? null : `${path}: status ${page.status}`;
	});

/** Redirects of a page never end. @param {string} path */
export const redirectsForEver = (path) =>
	plain(async ({ visitors }) => {
		await follow(`${visitors.url}${path}`, { ca: visitors.ca });
		return null;
	});

/** No live updates: the deployment is not reached with a WebSocket. */
export const noLiveUpdates = plain(async (world) => {
	const said = await askForWebSocket(world.wire.port, '/api/1.48.0/sync');
	return / 101 /.test(said) ? null : `the request for a WebSocket got "${said}"`;
});

/** A call reads far more documents than the page shows. @param {number} documents */
export const readsFarTooMuch = (documents) =>
	plain(async (world) => {
		await ask(`${world.visitors.url}/products`);
		const answer = await ask(`${world.shop.urls.convex}/api/stream_function_logs?cursor=0`, {
			headers: { authorization: `Convex ${world.secrets.CONVEX_ADMIN_KEY}` },
		});
		/** @type {{ entries: { usageStats?: { databaseReadDocuments?: number } }[] }} */
		const { entries } = JSON.parse(answer.text);
		const most = Math.max(0, ...entries.slice(-20).map((entry) => entry.usageStats?.databaseReadDocuments ?? 0));
		return most > documents ? `${most} documents read for one page` : null;
	});

/** What is written is refused. @param {number} status */
export const writesRefused = (status) =>
	plain(async ({ visitors }) => {
		const page = await ask(`${visitors.url}/api/session`, { ca: visitors.ca, method: 'POST', body: '' });
		return page.status === status ? `a form got ${status}` : null;
	});

/** The application's process uses more than its share of the processors. @param {number} cores */
export const processorBusy = (cores) =>
	plain(async (world) => {
		const from = await readCpuSeconds(world);
		await pause(1000);
		const used = (await readCpuSeconds(world)) - from;
		return used > cores ? `${used.toFixed(1)} processors busy` : null;
	});

/** The application's process holds more memory. @param {number} megabytes resident */
export const memoryHeld = (megabytes) =>
	plain(async (world) => {
		const resident = Number(/VmRSS:\s+(\d+) kB/.exec(await readProcess(world, 'status'))?.[1]) / 1024;
		return resident > megabytes ? `${Math.round(resident)} MB resident` : null;
	});

/** Where the application runs nothing can be written. */
export const diskHasNoRoom = plain(async (world) => {
	const file = join(await readlink(`/proc/${world.shop.shop()?.pid}/cwd`), `.room-${process.pid}`);
	try {
		await writeFile(file, Buffer.alloc(1024 * 1024));
		return null;
	} finally {
		await rm(file, { force: true });
	}
});

/** The application's process has opened nearly as many files as it may. */
export const filesNearLimit = plain(async (world) => {
	const open = (await readdir(`/proc/${world.shop.shop()?.pid}/fd`)).length;
	const limit = Number(/Max open files\s+(\d+)/.exec(await readProcess(world, 'limits'))?.[1]);
	return open > 0.95 * limit ? `${open} of ${limit} files open` : null;
});

/** Texts come without compression. */
export const notCompressed = plain(async (world) => {
	const page = await ask(`${world.visitors.url}/`, { ca: world.visitors.ca, headers: { 'accept-encoding': 'gzip, br' } });
	return page.headers['content-encoding'] === undefined ? `${page.body.length} bytes without compression` : null;
});

/** Browsers fetch every script again on every page. */
export const notCached = plain(async (world) => {
	for (const { path, answer } of await askForAssets(world)) {
		const control = answer.headers['cache-control'] ?? '';
		if (!/max-age=[1-9]/.test(control)) return `${path}: cache-control "${control}"`;
	}
	return null;
});
