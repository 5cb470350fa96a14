/** 90 days of 500 one-minute monitors under the default retention: how much disk that is, and how long what a page asks for takes. */
import { createWriteStream } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import pg from 'pg';
import { importBuilt, sayProgress } from '../figures.mjs';
import { findShare } from './pace.mjs';
import { openWorld, urlOf } from './world.mjs';

const MONITORS = 500;
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const SPANS = { '24h': DAY, '7d': 7 * DAY, '90d': 90 * DAY };
const READS = 200;

export async function measureHistory() {
	const { readHistory, readAvailability } = await importBuilt('@holdfast/engine/read');
	const { readStatus } = await importBuilt('@holdfast/engine/operations');
	const world = await openWorld({ pages: MONITORS, every: '60s' });
	try {
		const engine = world.startEngine();
		await engine.ready;
		// The database stays, as after any crash, and nobody writes beside the reads but the bench.
		engine.child.kill('SIGKILL');
		await engine.ended;
		const url = await urlOf(world.folder);
		const pool = new pg.Pool({ connectionString: url ?? '', max: 4 });
		try {
			await pool.query('truncate rollup');
			const ids = (await pool.query('select id::int from monitor order by id')).rows.map(({ id }) => id);
			const now = Math.floor(Date.now() / MINUTE) * MINUTE;
			const seeded = {
				minutes: await seed(pool, world.folder, { ids, grain: 'm', from: now - 2 * DAY, to: now, step: MINUTE, looks: 1 }),
				hours: await seed(pool, world.folder, { ids, grain: 'h', from: floorTo(now - 90 * DAY, HOUR), to: now, step: HOUR, looks: 60 }),
				days: await seed(pool, world.folder, { ids, grain: 'd', from: floorTo(now - 90 * DAY, DAY), to: now, step: DAY, looks: 1440 }),
				samples: await seedSamples(pool, world.folder, { ids, from: now - DAY, to: now }),
			};
			sayProgress(`history: ${seeded.minutes + seeded.hours + seeded.days} roll-ups and ${seeded.samples} samples are there; they are tidied up`);
			await pool.query('vacuum analyze rollup');
			await pool.query('vacuum analyze observation');
			await pool.query('checkpoint');
			const [sizes] = (
				await pool.query(
					`select pg_database_size(current_database())::float8 as all, pg_total_relation_size('rollup')::float8 as rollups,
					(select coalesce(sum(pg_total_relation_size(inhrelid)), 0)::float8 from pg_inherits where inhparent = 'observation'::regclass) as samples,
					(select sum(size)::float8 from pg_ls_waldir()) as wal`,
				)
			).rows;
			/** @type {Record<string, number[]>} */
			const times = {};
			const time = async (/** @type {string} */ name, /** @type {() => Promise<{ length: number }>} */ read) => {
				const began = performance.now();
				const answer = await read();
				const list = times[name] ?? [];
				list.push(performance.now() - began);
				times[name] = list;
				if (answer.length === 0) throw new Error(`${name}: expected rows, got none`);
			};
			for (let read = 0; read < READS; read += 1) {
				const monitorId = ids[(read * 7919) % ids.length];
				for (const [name, span] of Object.entries(SPANS))
					await time(`history_${name}`, async () => (await readHistory(pool, { monitorId, from: now - span, to: now })).points);
				if (read % 4 === 0) await time('availability_90d_all', () => readAvailability(pool, { from: floorTo(now - 90 * DAY, DAY), to: now + DAY }));
				if (read % 4 === 0)
					await time('status', async () => (await readStatus({ database: { pool, now: async () => Date.now() } })).services);
			}
			const p95 = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, findShare(list, 0.95) ?? Number.NaN]));
			for (const [name, list] of Object.entries(times))
				sayProgress(`history: ${name} p50 ${findShare(list, 0.5)?.toFixed(1)} ms, p95 ${p95[name]?.toFixed(1)} ms, most ${findShare(list, 1)?.toFixed(1)} ms of ${list.length}`);
			const mb = (/** @type {number} */ bytes) => bytes / 1e6;
			sayProgress(`history: ${mb(sizes.rollups).toFixed(0)} MB of roll-ups, ${mb(sizes.samples).toFixed(0)} MB of samples, ${mb(sizes.all).toFixed(0)} MB in all, and ${mb(sizes.wal).toFixed(0)} MB of log`);
			return { part: 'history', monitors: MONITORS, days: 90, seeded, diskMb: mb(sizes.all), rollupsMb: mb(sizes.rollups), samplesMb: mb(sizes.samples), logMb: mb(sizes.wal), p95, readP95Ms: Math.max(...Object.values(p95)) };
		} finally {
			await pool.end();
		}
	} finally {
		await world.close();
	}
}

/** @param {number} at @param {number} step */
function floorTo(at, step) {
	return Math.floor(at / step) * step;
}

/**
 * In the order in which an engine would have written them, by COPY.
 * @param {pg.Pool} pool @param {string} folder
 * @param {{ ids: readonly number[], grain: 'm' | 'h' | 'd', from: number, to: number, step: number, looks: number }} what
 */
async function seed(pool, folder, { ids, grain, from, to, step, looks }) {
	const variants = Array.from({ length: 200 }, (_, index) => `\\\\x${makeHistogram(looks, index).toString('hex')}`);
	return await copy(pool, folder, 'rollup (monitor_id, grain, at, ok, warn, fail, unknown, durations)', function* () {
		for (let at = from, round = 0; at < to; at += step, round += 1) {
			const time = new Date(at).toISOString();
			let lines = '';
			for (const id of ids) {
				const pick = (id * 31 + round * 17) % 997;
				const fail = pick % 97 === 0 ? Math.max(1, Math.round(looks / 50)) : 0;
				lines += `${id}\t${grain}\t${time}\t${looks - fail}\t0\t${fail}\t0\t${variants[pick % variants.length]}\n`;
			}
			yield lines;
		}
	});
}

/** @param {pg.Pool} pool @param {string} folder @param {{ ids: readonly number[], from: number, to: number }} what */
async function seedSamples(pool, folder, { ids, from, to }) {
	return await copy(pool, folder, 'observation (monitor_id, at, state, duration_ms, reason, detail)', function* () {
		for (let at = from; at < to; at += MINUTE) {
			let lines = '';
			for (const [index, id] of ids.entries())
				lines += `${id}\t${new Date(at + index * 119).toISOString()}\t0\t${40 + (index % 50)}\t/${index} answers 200\t\\N\n`;
			yield lines;
		}
	});
}

/** @param {pg.Pool} pool @param {string} folder @param {string} into @param {() => Generator<string>} rows */
async function copy(pool, folder, into, rows) {
	const file = join(folder, 'seed.tsv');
	const stream = createWriteStream(file);
	for (const lines of rows()) if (!stream.write(lines)) await once(stream, 'drain');
	stream.end();
	await once(stream, 'close');
	await chmod(file, 0o644);
	const { rowCount } = await pool.query(`copy ${into} from '${file.replaceAll("'", "''")}'`);
	await rm(file);
	return rowCount ?? 0;
}

/**
 * As `storage/histogram.ts` writes it: pairs of (index less the one before, count) as LEB128; durations around 40 ms with a long tail.
 * @param {number} looks @param {number} variant
 */
function makeHistogram(looks, variant) {
	/** @type {Map<number, number>} */
	const counts = new Map();
	for (let look = 0; look < looks; look += 1) {
		// A sum of three is nearly normal; its exponent is nearly log-normal.
		const spread = [1, 2, 3].reduce((sum, part) => sum + ((Math.imul(look + 1, 2_654_435_761) + Math.imul(variant * 7 + part, 40_503 * part)) >>> 0) / 2 ** 32, 0) - 1.5;
		const bucket = Math.ceil(Math.log(40 * Math.exp(spread)) / Math.log(1.01 / 0.99));
		counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
	}
	/** @type {number[]} */
	const bytes = [];
	const write = (/** @type {number} */ value) => {
		let left = value;
		for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80);
		bytes.push(left);
	};
	let before = 0;
	for (const [bucket, count] of [...counts].sort(([a], [b]) => a - b)) {
		write(bucket - before);
		write(count);
		before = bucket;
	}
	return Buffer.from(bytes);
}
