import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { question, watch } from '../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { openIncident } from '../operations/incident/open.ts';
import { showIncident } from '../operations/incident/show.ts';
import type { Database } from '../storage/open-database.ts';
import { createAcknowledgeToken, dropOldLinks, LINK_LIVES_MS } from './links.ts';
import { createAcknowledgePage } from './page.ts';

let now = 1_790_000_000_000;
let real: TestDatabase;
let database: Database;
beforeAll(async () => {
	real = await makeTestDatabase();
	database = { ...real, now: async () => now };
	await watch(real, 'bakery', [question('http.health')], 0);
}, 120_000);
afterAll(() => real.drop());
beforeEach(() => real.pool.query('truncate acknowledge_link'));

const ada = () => ({ database, actor: 'ada' });
async function serve(on: Database = database): Promise<string> {
	const page = createAcknowledgePage({ database: on });
	const server = createServer((request, response) => {
		if (!page(request, response)) response.writeHead(404).end('not mine');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
async function makeLink(title = 'The <oven> is cold') {
	const { id } = await openIncident(ada(), { service: 'bakery', title, severity: 'critical' });
	return { id, token: await createAcknowledgeToken(database, { incidentId: id, channel: 'ops' }, now) };
}
const stateOf = async (id: number) => (await showIncident(ada(), { id })).state;

it('asks on GET, acknowledges on POST, once, as the channel whose link it was', async () => {
	const { id, token } = await makeLink();
	const at = `${await serve()}/acknowledge/${token}`;
	for (const method of ['GET', 'HEAD', 'GET']) {
		const asked = await fetch(at, { method });
		expect(asked.status).toBe(200);
		expect(await stateOf(id)).toBe('open');
		const html = await asked.text();
		expect(html).not.toContain(token);
		if (method === 'GET') expect(html).toContain('The &lt;oven&gt; is cold');
	}
	const done = await fetch(at, { method: 'POST', body: '' });
	expect(done.status).toBe(200);
	expect(await done.text()).toContain('<h1>Acknowledged</h1>');
	expect(await showIncident(ada(), { id })).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'link:ops' });
	for (const method of ['GET', 'POST']) {
		const again = await fetch(at, { method });
		expect([again.status, await again.text()]).toEqual([410, expect.stringContaining('This link has been used')]);
	}
});

it('is kept by nobody: strict headers on every answer', async () => {
	const { token } = await makeLink();
	const base = await serve();
	for (const path of [token, 'x', '']) {
		const { headers } = await fetch(`${base}/acknowledge/${path}`);
		expect(Object.fromEntries(headers)).toMatchObject({
			'cache-control': 'no-store',
			'referrer-policy': 'no-referrer',
			'x-robots-tag': 'noindex, nofollow',
			'content-security-policy': expect.stringMatching(
				/^default-src 'none'; style-src 'sha256-.+'; form-action 'self'; frame-ancestors 'none'/,
			),
		});
	}
	expect(await (await fetch(`${base}/other`)).text()).toBe('not mine');
	expect((await fetch(`${base}/acknowledge/${token}`, { method: 'DELETE' })).status).toBe(405);
});

it('of two that press at once one acknowledges, and both get an answer', async () => {
	const { id, token } = await makeLink();
	const at = `${await serve()}/acknowledge/${token}`;
	const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(at, { method: 'POST' })));
	expect(answers.filter(({ status }) => status === 200)).not.toHaveLength(0);
	expect(answers.every(({ status }) => [200, 409, 410].includes(status))).toBe(true);
	const { entries } = await showIncident(ada(), { id });
	expect(entries.filter(({ kind }) => kind === 'acknowledged')).toHaveLength(1);
});

it('says what is expired, what never was, and what is over', async () => {
	const [old, over] = [await makeLink('one'), await makeLink('two')];
	const base = await serve();
	now += LINK_LIVES_MS;
	const fresh = await createAcknowledgeToken(database, { incidentId: over.id, channel: 'mail' }, now);
	await real.pool.query("update incident set state = 'resolved' where id = $1", [over.id]);
	const get = async (token: string, method = 'POST') => {
		const response = await fetch(`${base}/acknowledge/${token}`, { method });
		return [response.status, /<h1>(.*)<\/h1>/.exec(await response.text())?.[1]];
	};
	expect(await get(old.token)).toEqual([410, 'This link has expired']);
	expect(await get(fresh)).toEqual([200, 'This incident is resolved already']);
	for (const token of ['A'.repeat(43), "' or 1=1", '%00', '..%2f', 'x'.repeat(5000)])
		expect(await get(token)).toEqual([404, 'There is no such link']);
	expect(await stateOf(old.id)).toBe('open');
	now += 8 * 24 * 3_600_000;
	expect(await dropOldLinks(database, now)).toBe(2);
	expect(await get(old.token)).toEqual([404, 'There is no such link']);
});

it('bounds bodies and guesses, and answers when the database is gone', async () => {
	const { id, token } = await makeLink();
	const base = await serve();
	expect((await fetch(`${base}/acknowledge/${token}`, { method: 'POST', body: 'x'.repeat(2000) })).status).toBe(413);
	expect(await stateOf(id)).toBe('open');
	const guess = (index: number) => fetch(`${base}/acknowledge/${String(index).padEnd(43, 'A')}`);
	const statuses = [];
	for (let index = 0; index < 32; index++) statuses.push((await guess(index)).status);
	expect(statuses.filter((status) => status === 404)).toHaveLength(30);
	const late = await guess(99);
	expect([late.status, Number(late.headers.get('retry-after'))]).toEqual([429, 2]);
	now += 60_000;
	expect((await fetch(`${base}/acknowledge/${token}`)).status).toBe(200);
	const gone = await serve({ ...database, now: () => Promise.reject(new Error('gone')) });
	expect((await fetch(`${gone}/acknowledge/${token}`)).status).toBe(503);
});

it('the database has no token', async () => {
	const { token } = await makeLink();
	const { rows } = await real.pool.query('select acknowledge_link::text from acknowledge_link');
	expect(JSON.stringify(rows)).not.toContain(token);
	expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'));
});
