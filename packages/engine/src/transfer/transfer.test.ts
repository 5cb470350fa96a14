import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { hashMigration, listMigrations, migrate } from '../storage/migrate.ts';
import { listPartitions, listTables, quote } from './catalogue.ts';
import type { Manifest } from './manifest.ts';
import { readImport } from './read-import.ts';
import { writeExport } from './write-export.ts';

let source: TestDatabase;
let lines: Buffer;
let manifest: Manifest;
const later = {
	version: 9999,
	name: '9999-odd',
	sql: 'create table odd ("order" text[], b bytea, i interval, big bigint, n numeric, primary key (big))',
};
const made: TestDatabase[] = [];
const files = [{ path: 'history/shop.jsonl', content: Buffer.from('{"a":1}\n'.repeat(20_000)) }];

/** Rows of what applications send, and of what people were told. */
const SENT = `
	create table log_line_2026_09_21 partition of log_line for values from ('2026-09-21') to ('2026-09-22');
	insert into log_line values ('s1', '2026-09-21 10:00:00.000001+00', 3, E'two\\nlines', null, 'l1', '{}');
	insert into inbox_entry (channel, dedup_key, kind, severity, service, short, text, at) values ('inbox', 'k', 'opened', 'major', 's1', 'x', 'y', now());
	insert into acknowledge_link (hash, incident_id, channel, created_at, expires_at) select sha256('x'), min(id), 'ops', now(), now() from incident;
	insert into channel_trouble (channel, since, reason) values ('ops', now(), 'refused');
	insert into error_group (service, fingerprint, title, level, grouped_by, parts, state_at, first_at, last_at) values ('s1', 'f', 'TypeError', 'error', 'stack', '["a"]', now(), now(), now());
	insert into error_event (service, id, group_id, at, environment, level, body) select 's1', gen_random_uuid(), id, now(), 'production', 'error', '{"frames": []}' from error_group;
	insert into error_group_hour select id, now(), 3 from error_group;
	insert into error_group_user select id, '\\x00ff' from error_group;
	insert into error_group_change (group_id, at, from_state, to_state, actor, reason) select id, now(), 'open', 'resolved', 'ada', 'x' from error_group;
	insert into app_release (service, version, first_at, last_at) values ('s1', 'v1', now(), now());
	insert into app_release_notice values ('s1', 'n1', 'v1', 'deployed', now(), 'production', 'cli');
	insert into app_session values ('s1', gen_random_uuid(), 'v1', 'production', now(), now(), 'ok', 0);
	insert into app_session_hour (service, release, environment, at) values ('s1', 'v1', 'production', now());
	insert into job values ('s1', 'nightly', null, now(), 'ok');
	insert into job_run (service, id, job, status, started_at, updated_at, environment) values ('s1', gen_random_uuid(), 'nightly', 'ok', now(), now(), 'production');
	insert into client_loss values ('s1', now(), 'sample_rate', 'error', 2);
	insert into sent_rollup values ('s1', 't', 'GET /', 'http', '', 'v1', now(), 1, 0, '\\x0001');
	insert into sent_once values ('s1', 'x', now());
	insert into measurement values (1, 'rss', now(), 1.5);
`;

/** A row in each table. */
beforeAll(async () => {
	source = await makeTestDatabase();
	const { pool } = source;
	await pool.query(`create table observation_2026_09_21 partition of observation for values from ('2026-09-21') to ('2026-09-22')`);
	await pool.query(
		`insert into service (name, url) select 's' || n, E'https://s\\t\\n\\\\N' || n from generate_series(1, 3) n;
		insert into monitor (service, key, check_id, title, params, lines, every_ms, claimed_by, last_at)
			select 's1', 'k' || n, 'http.health', 'ü\\.' || n, '{"a": [1, "\\\\n"]}', '[{"line": 3}]', 20000, gen_random_uuid(), '2026-09-21 10:00:00.123456+00' from generate_series(1, 50) n;
		insert into observation select n % 50 + 1, '2026-09-21'::timestamptz + n * interval '1.000001 second', n % 4, n * 0.1::real, 'reason ' || n, case when n % 2 = 0 then '{"x": 1e400}'::jsonb end from generate_series(1, 5000) n;
		insert into rollup (monitor_id, grain, at, durations) select n, 'm', '2026-09-21', decode('00ff5c0a', 'hex') from generate_series(1, 50) n;
		insert into incident (id, service, title, severity, cause_key, opened_at) overriding system value values (9007199254740993, 's1', 'Cold', 'major', 'c1', now());
		insert into incident (service, title, severity, cause_key, opened_at, state, merged_into) values ('s2', 'Old', 'minor', 'c2', now(), 'merged', 9007199254740993);
		insert into incident_entry (incident_id, at, kind, actor, text) select id, now(), 'opened', 'ada', E'two\\nlines' from incident;
		insert into transition (monitor_id, at, from_state, to_state, reason, incident_id) values (1, now(), 'ok', 'fail', 'x', 9007199254740993);
		insert into notification (incident_id, transition_id, channel, dedup_key, message) values (9007199254740993, 1, 'ops', 'k', '{}');
		insert into audit (at, actor, operation, subject) values (now(), 'ada', 'x', 'y');
		insert into watch_gap values (now() - interval '1 hour', now());
		insert into network_loss (engine, from_at, reason) values (gen_random_uuid(), now(), 'x');
		insert into objective (service, name, title, target, window_ms, result) values ('s1', 'uptime', 'Uptime > 99.9%', 0.999, 86400000, '{"state": "met"}');
		insert into maintenance_window (service, name, starts_at, ends_at, created_by) values (null, 'w', now(), now() + interval '1 hour', 'ada');
		${SENT}
		${later.sql};
		insert into odd values (array['a,b', null, '"', E'\\\\'], '\\x00', '1 mon 2 days 03:04:05.000006', -9223372036854775808, 'NaN');`,
	);
	// A table that no migration of today makes stands for one of a later release.
	await pool.query('insert into schema_migration (version, name, sha256) values ($1, $2, $3)', [
		9999,
		later.name,
		hashMigration(later.sql),
	]);
	const parts: Buffer[] = [];
	manifest = await writeExport({ database: source, product: '0.1.0', files }, (bytes) => {
		parts.push(Buffer.from(bytes));
		return parts.length % 2 === 0 ? null : Promise.resolve();
	});
	lines = Buffer.concat(parts);
}, 120_000);
afterEach(async () => {
	for (const database of made.splice(0)) await database.drop();
});
afterAll(() => source.drop());

async function makeEmpty(): Promise<TestDatabase> {
	const database = await makeTestDatabase({ empty: true });
	made.push(database);
	return database;
}

async function* inChunks(bytes: Buffer, size = 7000): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function load(database: TestDatabase, bytes: Buffer, more: { replace?: boolean } = {}) {
	const taken = new Map<string, Buffer>();
	const putFile = async (path: string, content: Buffer) => void taken.set(path, content);
	const known = [...(await listMigrations()), later];
	await readImport(inChunks(bytes), { database, replace: more.replace ?? false, putFile, known });
	return taken;
}
async function readAll(database: TestDatabase) {
	const client = await database.pool.connect();
	try {
		const all: Record<string, unknown> = {};
		for (const { name } of await listTables(client))
			all[name] = (await client.query(`select t::text as row from ${quote(name)} t order by 1`)).rows.map(({ row }) => row);
		all.partitions = await listPartitions(client);
		return all;
	} finally {
		client.release();
	}
}

it('every table is in it, and comes back row by row, with its partitions, numbers and files', async () => {
	expect(manifest.tables.filter(({ rows }) => rows === 0)).toEqual([]);
	const target = await makeEmpty();
	await target.pool.query(later.sql);
	await expect(load(target, lines)).rejects.toThrow('tables that Holdfast did not make: odd');
	await target.pool.query('drop table odd');
	const taken = await load(target, lines);
	expect(await readAll(target)).toEqual(await readAll(source));
	expect(taken.get('history/shop.jsonl')?.equals(files[0]?.content ?? Buffer.alloc(0))).toBe(true);
	const next = 'insert into audit (at, actor, operation, subject) values (now(), $1, $1, $1) returning id';
	expect((await target.pool.query(next, ['x'])).rows[0]).toEqual({ id: '2' });
	await expect(target.pool.query("delete from service where name = 's1'")).rejects.toThrow(/foreign key/);
	await expect(load(target, lines)).rejects.toThrow(/the database is not empty: acknowledge_link has 1 row/);
	await load(target, lines, { replace: true });
	expect(await readAll(target)).toEqual(await readAll(source));
});

it.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
	['cut off in a table', (bytes) => bytes.subarray(0, bytes.length / 2), /damaged: it ends within the table/],
	['without its last line', (bytes) => bytes.subarray(0, bytes.lastIndexOf('{"end"')), /its last line is missing/],
	['with another byte in a row', (bytes) => flip(bytes, bytes.indexOf('reason 4711')), /not what was written \(SHA-256\)/],
	['with another byte in a number', (bytes) => flip(bytes, bytes.indexOf('2026-09-21 01:')), /damaged/],
	['with a row too few', (bytes) => cutRow(bytes, 'reason 4711'), /expected 5000 rows of observation, got 4999/],
	['with something after its end', (bytes) => Buffer.concat([bytes, Buffer.from('x\n')]), /after its last line/],
	['of somebody else', () => Buffer.from('PGDMP\n'), /no export of Holdfast/],
	['that is empty', () => Buffer.alloc(0), /no export of Holdfast/],
	[
		'of a newer schema',
		(bytes) => Buffer.from(bytes.toString('latin1').replace('"schemaVersion":9999', '"schemaVersion":12345'), 'latin1'),
		/the file has schema 12345 .* knows 9999/,
	],
])('a file %s is refused in a sentence, and nothing is changed', async (_words, spoil, sentence) => {
	const target = await makeEmpty();
	await migrate(target.pool);
	const before = await readAll(target);
	await expect(load(target, spoil(Buffer.from(lines)))).rejects.toThrow(sentence);
	expect(await readAll(target)).toEqual(before);
	// The connection serves on.
	await load(target, lines);
});

it('stops when the disk is full, and the database serves on', async () => {
	let left = 100_000;
	const full = writeExport({ database: source, product: '0.1.0', files: [] }, (bytes) => {
		left -= bytes.length;
		return left > 0 ? null : Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
	});
	await expect(full).rejects.toMatchObject({ code: 'ENOSPC' });
	expect((await source.pool.query('select count(*)::int as n from observation')).rows).toEqual([{ n: 5000 }]);
});

it('an older schema is brought up to this one', async () => {
	const target = await makeEmpty();
	const known = [
		...(await listMigrations()),
		later,
		{ version: 10_000, name: '10000-more', sql: 'alter table odd add column more int default 7' },
	];
	await readImport(inChunks(gunzipSync(gzipSync(lines))), { database: target, replace: false, putFile: async () => undefined, known });
	expect((await target.pool.query('select more from odd')).rows).toEqual([{ more: 7 }]);
});

function flip(bytes: Buffer, at: number): Buffer {
	bytes[at] = (bytes[at] ?? 0) ^ 1;
	return bytes;
}
function cutRow(bytes: Buffer, words: string): Buffer {
	const from = bytes.lastIndexOf('\n', bytes.indexOf(words)) + 1;
	return Buffer.concat([bytes.subarray(0, from), bytes.subarray(bytes.indexOf('\n', from) + 1)]);
}
