/** What an error costs the sink: events per second with storing, events per CPU-second without, and how many times a bare node:http server that only reads the body, in the same run. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { findMedian, formatFigure, printFigures, sayProgress } from './figures.mjs';
import { makeEvents } from './ingest/make-event.mjs';
import { readOptions } from './options.mjs';

const options = readOptions({
	usage: 'node bench/ingest.mjs [--events N] [--kb N] [--rounds N] [--json FILE]',
	about:
		'Sends errors over kept connections to the sink with a PostgreSQL of its own, to one with ports that only count, and to a bare server, in turns; each server in a process of its own.',
	options: {
		events: { kind: 'number', default: 3000, about: 'events of one round' },
		kb: { kind: 'number', default: 20, about: 'size of an event in KB, at least that of its frames' },
		groups: { kind: 'number', default: 50, about: 'different errors among them' },
		rounds: { kind: 'number', default: 5, about: 'rounds that are measured of each' },
		json: { kind: 'text', default: null, about: 'write all rows to this file' },
	},
});

const CONNECTIONS = 30;
const publicKey = randomBytes(16).toString('hex');
const makeEvent = makeEvents({ kb: options.kb, groups: options.groups });
const sizeKb = makeEvent().length / 1024;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

const servers = { bare: await openServer('bare'), ingest: await openServer('ingest'), store: await openServer('store') };
/** @type {{ name: string, round: number, eventsPerCpuSecond: number, eventsPerSecond: number, lost: number }[]} */
const rows = [];
// They take turns, so that whatever else the machine does falls on both alike; the first round warms them up.
for (let round = 0; round <= options.rounds; round += 1) {
	for (const [name, server] of Object.entries(servers)) {
		const from = { ...(await server.ask()), at: performance.now() };
		await sendAll(server.port, options.events);
		const to = await server.ask();
		const seconds = (performance.now() - from.at) / 1000;
		if (round === 0) continue;
		const row = {
			name,
			round,
			eventsPerCpuSecond: options.events / (to.cpuSeconds - from.cpuSeconds),
			eventsPerSecond: options.events / seconds,
			lost: options.events - (to.kept - from.kept),
		};
		rows.push(row);
		sayProgress(
			`${name.padEnd(7)} round ${round}: ${formatFigure(row.eventsPerCpuSecond).padStart(6)} events per CPU-second, ${formatFigure(row.eventsPerSecond).padStart(6)} per second with the sender beside it`,
		);
	}
}
for (const { child } of Object.values(servers)) child.disconnect();
agent.destroy();

const median = (/** @type {'eventsPerCpuSecond' | 'eventsPerSecond'} */ key, name = 'ingest') =>
	findMedian(rows.filter((row) => row.name === name).map((row) => row[key]));
// Of each round with its neighbour: the machine is not as fast in one round as in the next.
const ratios = rows
	.filter(({ name }) => name === 'bare')
	.map(
		(bare) =>
			bare.eventsPerCpuSecond /
			(rows.find(({ name, round }) => name === 'ingest' && round === bare.round)?.eventsPerCpuSecond ?? Number.NaN),
	);
const lost = rows.reduce((total, row) => total + row.lost, 0);
await printFigures(
	'bench:ingest',
	{
		event_kb: sizeKb,
		events_per_cpu_s: median('eventsPerCpuSecond'),
		bare_events_per_cpu_s: median('eventsPerCpuSecond', 'bare'),
		cpu_ratio_to_bare: findMedian(ratios),
		events_per_s: median('eventsPerSecond', 'store'),
		events_per_s_unstored: median('eventsPerSecond'),
		lost,
	},
	{ json: options.json, rows },
);
process.exitCode = lost === 0 ? 0 : 1;

/** @param {'bare' | 'ingest' | 'store'} mode */
async function openServer(mode) {
	const child = fork(fileURLToPath(new URL('./ingest/serve.mjs', import.meta.url)), [mode, publicKey]);
	/** @returns {Promise<any>} */
	const hear = () => new Promise((resolve) => child.once('message', resolve));
	const { port } = await hear();
	return {
		child,
		port: /** @type {number} */ (port),
		/** @returns {Promise<{ cpuSeconds: number, kept: number }>} */
		ask() {
			const answer = hear();
			child.send('figures');
			return answer;
		},
	};
}

/** Sends that many events, as many at once as there are connections. @param {number} port @param {number} count */
async function sendAll(port, count) {
	let left = count;
	const work = async () => {
		while (left > 0) {
			left -= 1;
			const status = await sendOne(port, makeEvent());
			if (status !== 200) throw new Error(`expected 200, got ${status}`);
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

/** @param {number} port @param {Buffer} body @returns {Promise<number>} */
function sendOne(port, body) {
	return new Promise((resolve, reject) => {
		const sent = request(
			{
				agent,
				port,
				host: '127.0.0.1',
				method: 'POST',
				path: `/api/42/envelope/?sentry_version=7&sentry_key=${publicKey}`,
				headers: { 'content-length': body.length },
			},
			(response) => {
				response.resume();
				response.once('end', () => resolve(response.statusCode ?? 0));
			},
		);
		sent.once('error', reject);
		sent.end(body);
	});
}
