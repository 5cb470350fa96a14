/** Ninety days of 500 one-minute monitors: how much disk they take, and how long the reads of status and console take over them. */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { importBuilt, sayProgress } from '../figures.mjs';
import { openWorld, urlOf } from './world.mjs';

const MONITORS = 500;
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** @param {{ reads: number }} options */
export async function measureHistory({ reads }) {
	const world = await openWorld({ pages: MONITORS, every: '60s' });
	try {
		const engine = world.startEngine();
		await engine.ready;
		const ids = (await world.query('select id::int from monitor order by id')).map(({ id }) => id);
		const rows = await seed(world, ids);
		await engine.stop();
		// It runs on: what is measured is a Holdfast that watches, not one at rest.
		const again = world.startEngine();
		await again.ready;
		await world.query('vacuum analyze rollup');
		await world.query('vacuum analyze observation');
		await world.query('checkpoint');
		await world.query('checkpoint');
		const sizes = await readSizes(world);
		sayProgress(`history: ${rows} rows, ${Math.round(sizes.folderMb)} MB of disk (${JSON.stringify(sizes)})`);
		return { rows: [{ part: 'history', ...sizes, seeded: rows }, ...(await timeReads(world, reads))], sizes };
	} finally {
		await world.close();
	}
}

/** @param {import('./world.mjs').World} world @param {readonly number[]} ids */
async function seed(world, ids) {
	const now = Date.now();
	let total = 0;
	/** Counts per unit, and durations that look like those of a page: a body around 80 ms and a tail. @param {number} count */
	const histogram = (count) => {
		/** @type {Map<number, number>} */
		const buckets = new Map();
		for (let index = 0; index < count; index += 1) {
			const value = 60 + 40 * Math.random() + (Math.random() < 0.05 ? 400 * Math.random() : 0);
			const bucket = Math.ceil(Math.log(value) / Math.log(1.01 / 0.99));
			buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
		}
		let [hex, before] = ['', 0];
		const write = (/** @type {number} */ number) => {
			for (let left = number; ; left = Math.floor(left / 128)) {
				hex += (left < 128 ? left : (left % 128) | 128).toString(16).padStart(2, '0');
				if (left < 128) return;
			}
		};
		for (const [bucket, times] of [...buckets].sort(([a], [b]) => a - b)) {
			write(bucket - before);
			write(times);
			before = bucket;
		}
		return hex;
	};
	for (const { grain, step, length, looks } of [
		{ grain: 'd', step: DAY, length: 90 * DAY, looks: 1440 },
		{ grain: 'h', step: HOUR, length: 90 * DAY, looks: 60 },
		{ grain: 'm', step: MINUTE, length: 2 * DAY, looks: 1 },
	]) {
		const shapes = Array.from({ length: 200 }, () => histogram(looks));
		total += await copy(world, 'rollup (monitor_id, grain, at, ok, warn, fail, unknown, durations)', function* () {
			// In the order of time, as they are written when they happen.
			for (let at = Math.floor((now - length) / step) * step; at < now - step; at += step)
				for (const id of ids) {
					const fail = Math.random() < 0.002 ? 1 : 0;
					yield `${id}\t${grain}\t${new Date(at).toISOString()}\t${looks - fail}\t0\t${fail}\t0\t\\\\x${shapes[Math.floor(Math.random() * 200)]}\n`;
				}
		});
		sayProgress(`history: ${grain} seeded`);
	}
	const yesterday = new Date(now - DAY);
	await world
		.query(
			`create table if not exists observation_seed partition of observation for values from ('${yesterday.toISOString().slice(0, 10)}') to ('${new Date(now).toISOString().slice(0, 10)}')`,
		)
		.catch(() => undefined);
	total += await copy(world, 'observation (monitor_id, at, state, duration_ms, reason)', function* () {
		for (let at = now - DAY + 10 * MINUTE; at < now - MINUTE; at += MINUTE)
			for (const id of ids)
				yield `${id}\t${new Date(at + ((id * 61) % MINUTE)).toISOString()}\t0\t${(60 + 40 * Math.random()).toFixed(1)}\t/${id} answers 200\n`;
	});
	return total;
}

/** @param {import('./world.mjs').World} world @param {string} into @param {() => Generator<string>} lines */
async function copy(world, into, lines) {
	const file = join(world.folder, 'seed.tsv');
	const stream = createWriteStream(file);
	let [count, part] = [0, ''];
	for (const line of lines()) {
		count += 1;
		part += line;
		if (part.length < 1 << 20) continue;
		if (!stream.write(part)) await once(stream, 'drain');
		part = '';
	}
	stream.end(part);
	await once(stream, 'finish');
	await chmod(file, 0o644);
	// The engine that runs beside has looked already: its rows stay.
	await world.query(`copy ${into} from '${file}'`);
	await rm(file);
	return count;
}

/** @param {import('./world.mjs').World} world */
async function readSizes(world) {
	const [row] = await world.query(`select pg_total_relation_size('rollup') / 1e6 as rollup, pg_database_size('holdfast') / 1e6 as database,
		(select sum(size) from pg_ls_waldir()) / 1e6 as wal, (select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'observation'::regclass) / 1e6 as observations`);
	const folder = execFileSync('du', ['-sb', join(world.folder, '.holdfast')], { encoding: 'utf8' });
	return {
		folderMb: Number(folder.split('\t')[0]) / 1e6,
		databaseMb: Number(row.database),
		rollupMb: Number(row.rollup),
		observationMb: Number(row.observations),
		walMb: Number(row.wal),
	};
}

/** @param {import('./world.mjs').World} world @param {number} reads */
async function timeReads(world, reads) {
	const operations = await importBuilt('@holdfast/engine/operations');
	const { createLocalContext } = await importBuilt('@holdfast/engine/local');
	const { openRecord } = await importBuilt('@holdfast/engine/record');
	const { DATABASE_URL: _url, ...environment } = process.env;
	const context = createLocalContext({
		directory: world.folder,
		environment: { ...environment, DATABASE_URL: await urlOf(world.folder) },
		signal: new AbortController().signal,
	});
	const ctx = await openRecord(context, undefined);
	const keys = (await world.query('select key from monitor')).map(({ key }) => key);
	const any = () => keys[Math.floor(Math.random() * keys.length)];
	/** @type {Record<string, () => Promise<unknown>>} */
	const kinds = {
		status: () => operations.readStatus(ctx),
		incidents: () => operations.listIncidents(ctx),
		history_24h: () => operations.readMonitorHistory(ctx, { service: 'bakery', key: any(), window: '24h' }),
		history_7d: () => operations.readMonitorHistory(ctx, { service: 'bakery', key: any(), window: '7d' }),
		history_90d: () => operations.readMonitorHistory(ctx, { service: 'bakery', key: any(), window: '90d' }),
		availability_90d_all: () => operations.readAvailability(ctx, { days: 90 }),
	};
	/** @type {{ part: string, read: string, p50Ms: number, p95Ms: number }[]} */
	const rows = [];
	for (const [read, work] of Object.entries(kinds)) {
		await work();
		/** @type {number[]} */
		const times = [];
		for (let index = 0; index < reads; index += 1) {
			const from = performance.now();
			await work();
			times.push(performance.now() - from);
		}
		times.sort((a, b) => a - b);
		const row = {
			part: 'history',
			read,
			p50Ms: times[Math.floor(reads / 2)] ?? Number.NaN,
			p95Ms: times[Math.floor(reads * 0.95)] ?? Number.NaN,
		};
		rows.push(row);
		sayProgress(`history: ${read} p50 ${row.p50Ms.toFixed(1)} ms, p95 ${row.p95Ms.toFixed(1)} ms`);
	}
	await ctx.close();
	return rows;
}
