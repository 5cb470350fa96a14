/** The engine at one pace beside the bare loop: processor time, memory, lateness. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sayProgress } from '../figures.mjs';
import { readCpuSeconds, readPssMb } from './usage.mjs';
import { openWorld } from './world.mjs';

/**
 * @param {{ name: string, pages: number, everyMs: number, warmMs: number, measureMs: number, withLoop: boolean, profile?: string | null }} options
 */
export async function measurePace({ name, pages, everyMs, warmMs, measureMs, withLoop, profile = null }) {
	const world = await openWorld({ pages, every: `${everyMs / 1000}s` });
	/** @type {import('node:child_process').ChildProcess | null} */
	let loop = null;
	try {
		const engine = world.startEngine();
		await engine.ready;
		sayProgress(`${name}: ${pages} monitors every ${everyMs / 1000} s; warming up for ${warmMs / 1000} s`);
		loop = withLoop
			? fork(fileURLToPath(new URL('./bare-loop.mjs', import.meta.url)), [String(world.target.port), String(pages), String(everyMs)])
			: null;
		await wait(warmMs);
		const server = await world.findPostgres();
		if (server === null || engine.child.pid === undefined) throw new Error('expected a running engine and its database');
		const both = [engine.child.pid, server.pid];
		const loopPid = loop?.pid;
		const read = async () => ({
			at: performance.now(),
			engine: readCpuSeconds([both[0] ?? 0]) - (await isBelow(both)),
			server: readCpuSeconds([server.pid]),
			loop: loopPid === undefined ? 0 : readCpuSeconds([loopPid]),
			made: loop === null ? 0 : (await askLoop(loop)).made,
			stats: await engine.stats(),
		});
		if (profile !== null) engine.child.send({ kind: 'profile' });
		const from = await read();
		/** @type {number[]} */
		const pss = [];
		/** Of the last run of each monitor that ran since the last look. @type {number[]} */
		const late = [];
		let lookedAt = (await world.query('select clock_timestamp() as now'))[0].now;
		const endAt = performance.now() + measureMs;
		while (performance.now() < endAt) {
			await wait(Math.min(10_000, Math.max(0, endAt - performance.now())));
			pss.push(readPssMb(both));
			const rows = await world.query('select late_ms, clock_timestamp() as now from monitor where last_at > $1', [lookedAt]);
			lookedAt = rows[0]?.now ?? lookedAt;
			late.push(...rows.map(({ late_ms: ms }) => ms));
			sayProgress(
				`${name}: ${rows.length} runs late by p50 ${findShare(late, 0.5)} ms, p99 ${findShare(late, 0.99)} ms; PSS ${Math.round(pss.at(-1) ?? 0)} MB`,
			);
		}
		const to = await read();
		const checks = to.stats.checks - from.stats.checks;
		const made = to.made - from.made;
		const seconds = (to.at - from.at) / 1000;
		const engineCpu = to.engine - from.engine;
		const serverCpu = to.server - from.server;
		const loopCpu = to.loop - from.loop;
		const per1000 = ((engineCpu + serverCpu) / checks) * 1000;
		const loopPer1000 = made === 0 ? Number.NaN : (loopCpu / made) * 1000;
		const loopLate = loop === null ? null : await askLoop(loop);
		const row = {
			part: name,
			monitors: pages,
			everyMs,
			seconds,
			checks,
			checksPerSecond: checks / seconds,
			expected: (pages * measureMs) / everyMs,
			missed: to.stats.missed - from.stats.missed,
			cores: (engineCpu + serverCpu) / seconds,
			enginePer1000: (engineCpu / checks) * 1000,
			serverPer1000: (serverCpu / checks) * 1000,
			per1000,
			loopPer1000,
			ratio: per1000 / loopPer1000,
			loopLateP99Ms: loopLate?.lateP99Ms ?? null,
			pssMb: Math.max(...pss),
			pss,
			lateP50Ms: findShare(late, 0.5),
			lateP99Ms: findShare(late, 0.99),
			lateMaxMs: findShare(late, 1),
			failures: to.stats.failures,
		};
		sayProgress(
			`${name}: ${row.checksPerSecond.toFixed(1)} checks/s, ${per1000.toFixed(2)} CPU-s per 1,000 (engine ${row.enginePer1000.toFixed(2)}, PostgreSQL ${row.serverPer1000.toFixed(2)}), loop ${loopPer1000.toFixed(2)}, ratio ${row.ratio.toFixed(2)}, ${row.cores.toFixed(2)} cores`,
		);
		if (profile !== null) {
			engine.child.send({ kind: 'profiled', file: join(profile, `${name}.cpuprofile`) });
			await engine.stats();
			await engine.stop();
		}
		return row;
	} finally {
		loop?.kill('SIGKILL');
		await world.close();
	}
}

/** @param {readonly number[]} values @param {number} share 0.99 for the 99th percentile @returns {number | null} */
export function findShare(values, share) {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** What of the server the engine's own tree holds already: it is the server's parent until it is killed. @param {readonly number[]} pids */
async function isBelow([engine = 0, server = 0]) {
	const { listTree } = await import('./usage.mjs');
	return listTree(engine).includes(server) ? readCpuSeconds([server]) : 0;
}

/** @param {import('node:child_process').ChildProcess} loop @returns {Promise<{ made: number, failed: number, lateP99Ms: number | null }>} */
function askLoop(loop) {
	return new Promise((resolve) => {
		loop.once('message', (/** @type {any} */ message) => resolve(message));
		loop.send('figures');
	});
}
