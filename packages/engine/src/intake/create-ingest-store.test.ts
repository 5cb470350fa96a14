import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { decode, percentile } from '../storage/histogram.ts';
import { createIngestStore, type PostgresIngestStore } from './create-ingest-store.ts';
import { errorEnvelope, itemsEnvelope, newId, SERVICE } from './fixtures/kept.ts';
import { pruneBodies } from './prune-bodies.ts';

let database: TestDatabase;
let store: PostgresIngestStore;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());
beforeEach(async () => {
	await database.pool.query(
		'truncate error_group, app_release, app_session, app_session_hour, sent_rollup, sent_once, job, job_run, client_loss cascade',
	);
	store = createIngestStore(database);
	return () => store.close();
});

const NOW = Math.floor(Date.now() / 1000) * 1000;
const rows = async <Row extends object>(sql: string): Promise<Row[]> => (await database.pool.query<Row>(sql)).rows;
const groups = () =>
	rows<{ title: string; events: string; users: string; state: string; first_release: string; last_release: string; regressions: number }>(
		'select title, events, users, state, first_release, last_release, regressions from error_group order by title',
	);

it('counts each event once, in its group, with its releases and whom it met', async () => {
	const id = newId();
	await Promise.all([
		store.keepEnvelope(errorEnvelope({ id, release: 'shop@1.0.0', user: 'ada', at: NOW - 2000 })),
		store.keepEnvelope(errorEnvelope({ id, release: 'shop@1.0.0', user: 'ada', at: NOW - 2000 })),
		store.keepEnvelope(errorEnvelope({ release: 'shop@1.1.0', user: 'ben', at: NOW - 1000 })),
		store.keepEnvelope(errorEnvelope({ type: 'OtherError', at: NOW })),
	]);
	await store.keepEnvelope(errorEnvelope({ id, release: 'shop@1.0.0', user: 'ada', at: NOW - 2000 }));
	await store.keepEnvelope(errorEnvelope({ release: 'shop@1.1.0', user: 'ben', at: NOW - 500 }));
	expect(await groups()).toMatchObject([
		{
			title: 'OrderError: order 4211 is gone',
			events: '3',
			users: '2',
			first_release: 'shop@1.0.0',
			last_release: 'shop@1.1.0',
			state: 'open',
		},
		{ title: 'OtherError: order 4211 is gone', events: '1', users: '0' },
	]);
	expect(await rows('select sum(events)::int as events from error_group_hour')).toEqual([{ events: 4 }]);
	const [event] = await rows<{ body: { causes: { type: string }[] } }>(`select body from error_event where id = '${id}'`);
	expect(event?.body.causes[0]?.type).toBe('OrderError');
	expect(await rows('select version from app_release order by 1')).toEqual([{ version: 'shop@1.0.0' }, { version: 'shop@1.1.0' }]);
});

it('opens a resolved group that comes back, and says why', async () => {
	await store.keepEnvelope(errorEnvelope({ at: NOW - 60_000, release: 'shop@1.0.0' }));
	const resolution = { kind: 'in-release', at: NOW - 50_000, release: { version: 'shop@1.2.0', at: null } };
	await database.pool.query("update error_group set state = 'resolved', resolution = $1", [JSON.stringify(resolution)]);
	await store.keepEnvelope(errorEnvelope({ at: NOW - 40_000, release: 'shop@1.1.0' }));
	expect(await groups()).toMatchObject([{ state: 'resolved', events: '2', regressions: 0 }]);
	await store.keepEnvelope(errorEnvelope({ at: NOW - 30_000, release: 'shop@1.2.0' }));
	expect(await groups()).toMatchObject([{ state: 'open', events: '3', regressions: 1 }]);
	expect(await rows('select from_state, to_state, reason from error_group_change')).toEqual([
		{ from_state: 'resolved', to_state: 'open', reason: 'seen again in shop@1.2.0, which has the mend of shop@1.2.0' },
	]);
	expect(await rows("select operation from audit where subject like 'error/%'")).toEqual([{ operation: 'error.return' }]);
});

it('leaves an ignored group ignored, and counts on', async () => {
	await store.keepEnvelope(errorEnvelope({ at: NOW - 1000 }));
	await database.pool.query("update error_group set state = 'ignored'");
	await store.keepEnvelope(errorEnvelope({ at: NOW }));
	expect(await groups()).toMatchObject([{ state: 'ignored', events: '2' }]);
});

it('keeps the last hundred events of a group whole, and counts all', async () => {
	await Promise.all(Array.from({ length: 220 }, (_, index) => store.keepEnvelope(errorEnvelope({ at: NOW - index * 10 }))));
	const [group] = await rows<{ id: string }>('select id from error_group');
	await pruneBodies(database, Number(group?.id));
	expect(
		await rows(
			'select count(*)::int as all, count(body)::int as whole, min(at) filter (where body is not null) as oldest from error_event',
		),
	).toEqual([{ all: 220, whole: 100, oldest: new Date(NOW - 990) }]);
	expect(await groups()).toMatchObject([{ events: '220' }]);
});

it('counts a session as what it is now', async () => {
	const sid = newId();
	const attrs = { release: 'shop@1.0.0', environment: 'production' };
	const session = (status: string, errors: number, seconds: number) =>
		[
			{ type: 'session' },
			{
				sid,
				init: seconds === 0,
				started: new Date(NOW).toISOString(),
				timestamp: new Date(NOW + seconds * 1000).toISOString(),
				status,
				errors,
				attrs,
			},
		] as const;
	await store.keepEnvelope(itemsEnvelope([session('ok', 0, 0)]));
	expect(await rows('select healthy::int, crashed::int from app_session_hour')).toEqual([{ healthy: 1, crashed: 0 }]);
	await store.keepEnvelope(itemsEnvelope([session('ok', 1, 1), session('crashed', 2, 2)]));
	await store.keepEnvelope(itemsEnvelope([session('ok', 0, 3)]));
	expect(await rows('select healthy::int, errored::int, crashed::int from app_session_hour')).toEqual([
		{ healthy: 0, errored: 0, crashed: 1 },
	]);
	const aggregates = [{ started: new Date(NOW).toISOString(), exited: 9, errored: 1 }];
	await store.keepEnvelope(itemsEnvelope([[{ type: 'sessions' }, { aggregates, attrs }]]));
	expect(await rows('select healthy::int, errored::int, crashed::int from app_session_hour')).toEqual([
		{ healthy: 9, errored: 1, crashed: 1 },
	]);
});

it('rolls up transactions once each, and vitals by route, device and release', async () => {
	const transaction = {
		event_id: newId(),
		type: 'transaction',
		transaction: 'GET /orders/[id]',
		start_timestamp: NOW / 1000 - 1,
		timestamp: NOW / 1000 - 0.8,
		contexts: { trace: { trace_id: newId(), span_id: 'b'.repeat(16), op: 'http.server', status: 'internal_error' } },
		spans: [],
	};
	await store.keepEnvelope(itemsEnvelope([[{ type: 'transaction' }, transaction]]));
	await store.keepEnvelope(itemsEnvelope([[{ type: 'transaction' }, transaction]]));
	const [rolled] = await rows<{ durations: Buffer }>(
		"select name, part, count::int, failed::int, durations from sent_rollup where kind = 't'",
	);
	expect(rolled).toMatchObject({ name: 'GET /orders/[id]', part: 'http.server', count: 1, failed: 1 });
	expect(percentile(decode(rolled?.durations ?? Buffer.alloc(0)), 0.5)).toBeCloseTo(200, -1);

	const sample = { metric: 'LCP', value: 2400, route: '/', device: 'phone', release: 'shop@1.0.0', cause: null, at: NOW } as const;
	for (const value of [1000, 2000, 3000, 4000])
		await store.keepVitals({ service: SERVICE, receivedAt: NOW, samples: [{ ...sample, value }] });
	const [vital] = await rows<{ durations: Buffer }>(
		"select part, device, release, count::int, durations from sent_rollup where kind = 'v'",
	);
	expect(vital).toMatchObject({ part: 'LCP', device: 'phone', release: 'shop@1.0.0', count: 4 });
	const p75 = percentile(decode(vital?.durations ?? Buffer.alloc(0)), 0.75) ?? 0;
	expect(Math.abs(p75 - 3000) / 3000).toBeLessThan(0.02);
});

it('keeps runs of jobs, losses, lines and releases, each of them once', async () => {
	const id = newId();
	const checkIn = (status: string, rest: object = {}) =>
		[{ type: 'check_in' }, { check_in_id: id, monitor_slug: 'nightly', status, ...rest }] as const;
	await store.keepEnvelope(
		itemsEnvelope([checkIn('in_progress', { monitor_config: { schedule: { type: 'crontab', value: '0 1 * * *' } } })]),
	);
	await store.keepEnvelope(itemsEnvelope([checkIn('ok', { duration: 12 })]));
	await store.keepEnvelope(itemsEnvelope([checkIn('error')]));
	expect(
		await rows("select job, status, duration_ms, plan->'schedule'->>'value' as plan from job_run join job on job.name = job_run.job"),
	).toEqual([{ job: 'nightly', status: 'ok', duration_ms: 12_000, plan: '0 1 * * *' }]);
	await store.keepEnvelope(
		itemsEnvelope([
			[
				{ type: 'client_report' },
				{ timestamp: NOW / 1000, discarded_events: [{ reason: 'queue_overflow', category: 'error', quantity: 3 }] },
			],
		]),
	);
	expect(await rows('select reason, category, quantity::int from client_loss')).toEqual([
		{ reason: 'queue_overflow', category: 'error', quantity: 3 },
	]);

	const nothing = {
		source: null,
		requestId: null,
		traceId: null,
		method: null,
		path: null,
		status: null,
		durationMs: null,
		host: null,
		environment: null,
		release: null,
		deploymentId: null,
	};
	const line = { ...nothing, at: NOW, level: 'error', message: 'order 4211 is gone', id: 'line-1', path: '/orders' } as const;
	const old = { ...line, at: NOW - 30 * 86_400_000, id: null };
	for (const _ of [1, 2]) await store.keepLines({ service: SERVICE, receivedAt: NOW, lines: [line] });
	await store.keepLines({ service: SERVICE, receivedAt: NOW, lines: [old] });
	expect(await rows('select at, level, message, detail from log_line')).toEqual([
		{ at: new Date(NOW), level: 4, message: 'order 4211 is gone', detail: { path: '/orders' } },
		{ at: new Date(NOW), level: 4, message: 'order 4211 is gone', detail: { path: '/orders' } },
	]);

	const notice = {
		id: 'n1',
		version: 'shop@2.0.0',
		event: 'live',
		at: NOW,
		environment: 'production',
		commit: 'abc',
		title: null,
		branch: null,
		url: null,
		deploymentId: null,
		from: 'webhook',
	} as const;
	for (const _ of [1, 2]) await store.keepRelease({ service: SERVICE, receivedAt: NOW, notice });
	expect(await rows("select version, live_at, commit from app_release where version = 'shop@2.0.0'")).toEqual([
		{ version: 'shop@2.0.0', live_at: new Date(NOW), commit: 'abc' },
	]);
	expect(await rows('select count(*)::int from app_release_notice')).toEqual([{ count: 1 }]);
});

it('refuses what the database can never take by itself, and keeps what came with it', async () => {
	const bad = errorEnvelope({ type: 'BadError' });
	const wrong = { ...bad, errors: bad.errors.map((error) => ({ ...error, event: { ...error.event, id: 'no id' } })) };
	const outcomes = await Promise.allSettled([errorEnvelope(), wrong, errorEnvelope()].map((envelope) => store.keepEnvelope(envelope)));
	expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	expect(await groups()).toMatchObject([{ title: 'OrderError: order 4211 is gone', events: '2' }]);
	expect(store.isReady()).toBe(true);
});

it('two stores that write the same groups and routes at once lose and double nothing', async () => {
	const other = createIngestStore(database);
	const sample = { metric: 'CLS', value: 0.1, route: '/', device: 'desktop', release: null, cause: null, at: NOW } as const;
	await Promise.all(
		Array.from({ length: 200 }, (_, index) => {
			const one = index % 2 === 0 ? store : other;
			return Promise.all([
				one.keepEnvelope(errorEnvelope({ type: `Error${index % 7}`, user: String(index % 3), release: `r${index % 5}` })),
				one.keepVitals({ service: SERVICE, receivedAt: NOW, samples: [sample] }),
			]);
		}),
	);
	await other.close();
	expect(await rows('select sum(events)::int as events, sum(users)::int as users from error_group')).toEqual([{ events: 200, users: 21 }]);
	expect(await rows("select sum(count)::int as count from sent_rollup where kind = 'v'")).toEqual([{ count: 200 }]);
});
