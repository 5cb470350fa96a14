import { afterEach, beforeAll, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { listMigrations, type Migration, migrate } from './migrate.ts';

// The first of all test files to come starts the server.
beforeAll(async () => (await makeTestDatabase({ empty: true })).drop(), 120_000);

const made: TestDatabase[] = [];
afterEach(async () => {
	for (const database of made.splice(0)) await database.drop();
});

async function makeEmpty(): Promise<TestDatabase> {
	const database = await makeTestDatabase({ empty: true });
	made.push(database);
	return database;
}

const step = (version: number, sql: string): Migration => ({ version, name: `${String(version).padStart(4, '0')}-step`, sql });

it('makes the whole schema, and nothing the second time', async () => {
	const { pool } = await makeEmpty();
	const steps = await listMigrations();
	const version = steps.at(-1)?.version;
	expect(await migrate(pool)).toEqual({ applied: steps.map(({ name }) => name), version });
	expect(await migrate(pool)).toEqual({ applied: [], version });
});

it('twenty that start at once apply each step once', async () => {
	const { pool } = await makeEmpty();
	const reports = await Promise.all(Array.from({ length: 20 }, () => migrate(pool)));
	const names = (await listMigrations()).map(({ name }) => name);
	expect(reports.flatMap(({ applied }) => applied).sort()).toEqual(names);
});

it('undoes a step that fails, keeps those before it, and goes on where it stopped', async () => {
	const { pool } = await makeEmpty();
	const good = step(1, 'create table a (x int)');
	await expect(migrate(pool, [good, step(2, 'create table b (x int); select 1 / 0')])).rejects.toThrow(
		'migration 0002-step failed and was undone: division by zero',
	);
	expect((await pool.query("select to_regclass('a') as a, to_regclass('b') as b")).rows).toEqual([{ a: 'a', b: null }]);
	expect(await migrate(pool, [good, step(2, 'create table b (x int)')])).toEqual({ applied: ['0002-step'], version: 2 });
});

it('refuses a database of a newer Holdfast, and a step that was changed after it was applied', async () => {
	const { pool } = await makeEmpty();
	await migrate(pool, [step(1, 'create table a (x int)'), step(2, 'create table b (x int)')]);
	await expect(migrate(pool, [step(1, 'create table a (x int)')])).rejects.toThrow(/has schema 2 \(0002-step\), and this Holdfast knows 1/);
	await expect(migrate(pool, [step(1, 'create table a (y int)'), step(2, 'create table b (x int)')])).rejects.toThrow(
		/0001-step reads differently/,
	);
});
