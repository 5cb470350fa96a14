/** Single faults that `holdfast up` must survive; each says what it showed. */
import { execFileSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { listTree } from '../load/usage.mjs';
import { openChaos, until, untilBack } from './world.mjs';

/** @typedef {{ kind: 'shown' | 'skipped' | 'wrong', showed: string }} Result */
/** @typedef {import('./world.mjs').Chaos} Chaos */

const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)} s`;
const shown = (/** @type {string} */ text) => /** @type {Result} */ ({ kind: 'shown', showed: text });
const wrong = (/** @type {string} */ text) => /** @type {Result} */ ({ kind: 'wrong', showed: text });

/** @template T @param {Parameters<typeof openChaos>[0]} size @param {(world: Chaos, up: import('./world.mjs').Up) => Promise<T>} work */
async function inWorld(size, work) {
	const world = await openChaos(size);
	try {
		const up = world.up();
		await untilBack(world, performance.now());
		return await work(world, up);
	} finally {
		await world.close();
	}
}

/** @param {Chaos} world @param {number} count */
async function untilOk(world, count) {
	await until(async () => ((await world.ask("select 1 from monitor where state = 'ok'")).length >= count ? true : null), {
		withinMs: 60_000,
		what: 'all is known to be well',
	});
}

/** @param {Chaos} world @param {string} name @param {(hook: { type: string, title: string, at: number }) => boolean} [wanted] */
async function untilTold(world, name, wanted = () => true) {
	return await until(async () => world.receivers.get(name)?.told.find(wanted) ?? null, { withinMs: 60_000, what: `${name} is told` });
}

export const scenarios = {
	/** Every process of the server stands still, as on a disk or a machine that hangs. */
	'database-away': () =>
		inWorld({ services: 4, pages: 5, every: '2s' }, async (world, up) => {
			await untilOk(world, 20);
			const server = await world.findPostgres();
			const pids = server === null ? [] : listTree(server.pid);
			const [before] = await world.ask('select count(*)::int as count from observation');
			for (const pid of pids) process.kill(pid, 'SIGSTOP');
			await wait(60_000);
			for (const pid of pids) process.kill(pid, 'SIGCONT');
			const backMs = await untilBack(world, performance.now());
			const [after] = await world.ask(
				'select (select count(*)::int from observation) as count, (select sum(missed)::int from monitor) as missed, (select count(*)::int from incident) as incidents',
			);
			const said = up.events.filter(({ event }) => event === 'duty.failed').length;
			if (up.child.exitCode !== null) return wrong('the engine ended');
			if (after.incidents > 0) return wrong(`${after.incidents} incidents about services that were well`);
			return shown(
				`gone for 60 s; samples again after ${seconds(backMs)}, ${after.missed} looks counted as missed, said ${said} times, no incident about services that were well, ${after.count - before.count} samples more`,
			);
		}),

	/** The folder of the database lies on a file system of its own, which is then filled to its end. */
	'disk-full': async () => {
		if (process.getuid?.() !== 0) return { kind: 'skipped', showed: 'mounting a small disk takes root' };
		const folder = `/tmp/holdfast-full-${process.pid}`;
		await mkdir(join(folder, '.holdfast'), { recursive: true });
		try {
			execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=220m,mode=0755', 'tmpfs', join(folder, '.holdfast')], { stdio: 'pipe' });
		} catch {
			await rm(folder, { recursive: true, force: true });
			return { kind: 'skipped', showed: 'this machine mounts nothing' };
		}
		try {
			return await inWorld({ services: 2, pages: 5, every: '1s', folder }, async (world, up) => {
				await untilOk(world, 10);
				const ballast = join(folder, '.holdfast/ballast');
				// Until nothing more fits: dd ends with an error, as it should.
				try {
					execFileSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k'], { stdio: 'pipe' });
				} catch {
					// The disk is full.
				}
				await wait(20_000);
				const [full] = await world.ask('select count(*)::int as count from observation').catch(() => [{ count: Number.NaN }]);
				await rm(ballast);
				const backMs = await untilBack(world, performance.now());
				const [after] = await world.ask(
					'select count(*)::int as count, (select count(*)::int from incident) as incidents from observation',
				);
				const said = [...new Set(up.events.filter(({ event }) => event === 'duty.failed').map(({ reason }) => String(reason)))];
				if (after.incidents > 0) return wrong(`${after.incidents} incidents about services that were well`);
				return shown(
					`full for 20 s${said.length === 0 ? ' (what was open still found room)' : `, said: ${said[0]?.slice(0, 80)}`}; ${Number.isNaN(full.count) ? 'not readable meanwhile' : 'readable meanwhile'}; samples again ${seconds(backMs)} after there was room, without anybody’s help`,
				);
			});
		} finally {
			execFileSync('umount', ['-l', join(folder, '.holdfast')]);
			await rm(folder, { recursive: true, force: true });
		}
	},

	'channel-hangs': () =>
		inWorld({ services: 3, pages: 1, every: '1s', names: ['stuck', 'works'] }, async (world) => {
			await untilOk(world, 3);
			const stuck = world.receivers.get('stuck');
			if (stuck !== undefined) stuck.mode = 'hang';
			const began = Date.now();
			for (const service of [0, 1, 2]) world.failing.add(`/${service}/0`);
			await until(
				async () => ((world.receivers.get('works')?.told.filter(({ type }) => type === 'incident.opened').length ?? 0) >= 3 ? true : null),
				{
					withinMs: 60_000,
					what: 'the channel that works is told of three incidents',
				},
			);
			const worksMs = Date.now() - began;
			await wait(12_000);
			if (stuck !== undefined) stuck.mode = 'take';
			const first = await until(async () => ((stuck?.told.length ?? 0) >= 3 ? true : null), {
				withinMs: 120_000,
				what: 'the channel that hung gets its messages',
			}).then(() => Date.now());
			return shown(
				`the other channel had all three after ${seconds(worksMs)}; the one that hung got its three once it answered, ${seconds(first - began - worksMs)} later`,
			);
		}),

	'monitor-hangs': () =>
		inWorld({ services: 2, pages: 10, every: '2s' }, async (world) => {
			await untilOk(world, 20);
			for (let page = 0; page < 5; page += 1) world.hanging.add(`/0/${page}`);
			await wait(30_000);
			const [row] = await world.ask(
				`select (select percentile_disc(0.99) within group (order by late_ms) from monitor where service = 'bakery-1') as late,
				(select count(*)::int from observation join monitor on monitor.id = monitor_id where service = 'bakery-1' and at > now() - interval '20 s') as looks,
				(select string_agg(distinct state, ', ') from monitor where key ~ '/0/[0-4]$') as hung`,
			);
			const expected = 100;
			if (row.looks < expected * 0.9) return wrong(`only ${row.looks} of ${expected} looks at what does not hang`);
			return shown(
				`five pages never answered: they are known as ${row.hung}; the ten of the other service were looked at ${row.looks} times in 20 s (due ${expected}), p99 late by ${row.late} ms`,
			);
		}),

	/** A channel that was gone for long, or a receiver that takes nothing: what waits for it may not hold up the others. */
	backlog: () =>
		inWorld({ services: 2, pages: 1, every: '1s', names: ['gone', 'works'] }, async (world) => {
			const ROWS = 1_000_000;
			await untilOk(world, 2);
			const gone = world.receivers.get('gone');
			if (gone !== undefined) gone.mode = 'refuse';
			world.failing.add('/0/0');
			await untilTold(world, 'works', ({ type }) => type === 'incident.opened');
			// A message as the engine wrote it, a million times under keys of its own.
			await world.ask(
				`insert into notification (incident_id, channel, dedup_key, message, created_at, next_attempt_at)
				select incident_id, 'gone', 'backlog/' || n, message, now(), now() - interval '1 hour' from (select * from notification where channel = 'works' order by id limit 1) as one, generate_series(1, $1::int) as n`,
				[ROWS],
			);
			await wait(5000);
			const began = Date.now();
			world.failing.add('/1/0');
			const told = await untilTold(world, 'works', ({ type, at }) => type === 'incident.opened' && at > began);
			const [row] = await world.ask("select count(*)::int as count from notification where state = 'waiting'");
			const lateness = await world.ask('select percentile_disc(0.99) within group (order by late_ms) as late from monitor');
			return shown(
				`with ${row.count} messages waiting for a channel that refuses, a new incident was told by the other ${seconds(told.at - began)} after its page broke; looks are late by ${lateness[0].late} ms`,
			);
		}),

	'old-schema': async () => {
		const world = await openChaos({ services: 2, pages: 2 });
		try {
			const first = world.up();
			await untilBack(world, performance.now());
			first.child.kill('SIGKILL');
			await first.ended;
			// What an older release left: its first tables, and nothing of what came later.
			await world.ask('drop schema public cascade');
			await world.ask('create schema public');
			const { listMigrations, migrate } = await import('../../packages/engine/dist/storage/migrate.js');
			const { default: pg } = await import('pg');
			const { urlOf } = await import('../load/world.mjs');
			const pool = new pg.Pool({ connectionString: (await urlOf(world.folder)) ?? '' });
			const steps = await listMigrations();
			await migrate(pool, steps.slice(0, 5));
			await pool.end();
			const both = [world.up(), world.up()];
			await untilBack(world, performance.now());
			await wait(3000);
			const applied = await world.ask('select version from schema_migration');
			const alive = both.filter(({ child }) => child.exitCode === null).length;
			if (applied.length !== steps.length || alive !== 2)
				return wrong(
					`${applied.length} of ${steps.length} steps, ${alive} engines alive: ${both
						.map(({ words }) => words())
						.join(' | ')
						.slice(-400)}`,
				);
			return shown(`two engines at once on a schema of five steps: ${applied.length} steps stand there once, both engines watch`);
		} finally {
			await world.close();
		}
	},
};
