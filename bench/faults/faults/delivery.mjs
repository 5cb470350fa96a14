import { defineFaults } from '../fault.mjs';
import { notCached, notCompressed, scriptsHeavy, slower } from '../symptoms/symptoms.mjs';

/** What travels to the browser, and how. */
export const delivery = defineFaults([
	{
		id: 'bundle-oversized',
		title: 'a library of two megabytes got into the scripts of every page',
		symptom: scriptsHeavy,
		causes: ['slow/1'],
		root: /^bundle\./,
		make: async (world) =>
			world.editRelease(await world.findStaticFile(/\.js$/), (bytes) => Buffer.concat([bytes, makeLibrary(2_000_000)])),
	},
	{
		id: 'compression-off',
		title: 'the proxy asks the application for texts without compression',
		causes: [],
		isAdvice: true,
		root: /^caching\.uncompressed$/,
		symptom: notCompressed,
		make: (world) => world.edge.use({ ask: (_incoming, { 'accept-encoding': _accepted, ...headers }) => headers }),
	},
	{
		id: 'cache-headers-off',
		title: 'a proxy tells browsers to keep no script',
		causes: [],
		isAdvice: true,
		root: /^caching\.hashed-not-cached$/,
		symptom: notCached,
		make: (world) =>
			world.edge.use({
				reply: (answer) =>
					answer.path.startsWith('/_next/static') ? { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } } : answer,
			}),
	},
	{
		id: 'body-trickles',
		title: 'the way to the visitors carries 1.5 kilobytes a second',
		symptom: slower({ ms: 3000 }),
		causes: ['slow/4'],
		root: /^latency\.|^http\.latency/,
		make: (world) => world.edge.use({ bytesPerSecond: 1_500 }),
	},
	{
		id: 'connections-slow',
		title: 'every connection waits three seconds before anything passes',
		symptom: slower({ ms: 2500 }),
		causes: ['slow/4'],
		root: /^latency\./,
		make: async (world) => {
			await world.serveTls({ handshakeDelayMs: 3_000 });
		},
	},
]);

/** Code that does nothing and does not compress well, as minified code with data in it. @param {number} size in bytes */
function makeLibrary(size) {
	let state = 1;
	let text = '';
	while (text.length < size) {
		state = (state * 48_271) % 2_147_483_647;
		text += state.toString(36);
	}
	return Buffer.from(`\n;self.__lib=${JSON.stringify(text.slice(0, size))};`);
}
