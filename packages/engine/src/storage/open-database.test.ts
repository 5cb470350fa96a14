import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { openDatabase } from './open-database.ts';

let made: TestDatabase;
beforeAll(async () => {
	made = await makeTestDatabase();
}, 120_000);
afterAll(() => made.drop());

it('a connection that breaks between two statements fails the transaction, not the process, and the next one works', async () => {
	const reasons: string[] = [];
	const database = await openDatabase(made.url, { onError: (reason) => reasons.push(reason) });
	const broken = database.transaction(async (client) => {
		const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
		await made.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
		await new Promise((resolve) => client.once('end', resolve));
		await client.query('select 1');
	});
	await expect(broken).rejects.toThrow();
	expect(reasons[0]).toContain('terminating connection');
	expect(await database.transaction(async (client) => (await client.query('select 1 as one')).rows)).toEqual([{ one: 1 }]);
	await database.close();
});
