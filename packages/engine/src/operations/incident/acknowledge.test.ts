import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { question, watch } from '../../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../../fixtures/test-database.ts';
import type { RecordContext } from '../../ports.ts';
import { acknowledgeIncident } from './acknowledge.ts';
import { assignIncidentRole } from './assign-role.ts';
import { listIncidents } from './list.ts';
import { mergeIncident } from './merge.ts';
import { noteIncident } from './note.ts';
import { openIncident } from './open.ts';
import { reopenIncident } from './reopen.ts';
import { resolveIncident } from './resolve.ts';
import { draftIncidentPostMortem, showIncident } from './show.ts';

let database: TestDatabase;
let ada: RecordContext;
let ben: RecordContext;
beforeAll(async () => {
	database = await makeTestDatabase();
	ada = { database, actor: 'ada' };
	ben = { database, actor: 'ben' };
	for (const service of ['bakery', 'mill']) await watch(database, service, [question('http.health')], 0);
}, 120_000);
afterAll(() => database.drop());

const open = (title = 'The oven is cold', service = 'bakery') => openIncident(ada, { service, title, severity: 'minor' });
async function auditOf(id: number): Promise<readonly string[]> {
	const { rows } = await database.pool.query('select actor, operation from audit where subject = $1 order by id', [`incident/${id}`]);
	return rows.map(({ actor, operation }) => `${actor} ${operation}`);
}

describe('success, with its entry and its audit row', () => {
	it('a person opens, acknowledges, notes, resolves and reopens', async () => {
		const { id } = await open();
		expect(await acknowledgeIncident(ben, { id, text: 'on it' })).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'ben' });
		await noteIncident(ben, { id, text: 'the fuse blew' });
		expect(await resolveIncident(ben, { id })).toMatchObject({ state: 'resolved', resolvedBy: 'ben' });
		expect(await reopenIncident(ada, { id })).toMatchObject({ state: 'open', resolvedBy: null, acknowledgedBy: null });
		const record = await showIncident(ada, { id });
		expect(record.entries.map(({ kind, actor, text }) => [kind, actor, text])).toEqual([
			['opened', 'ada', 'The oven is cold'],
			['acknowledged', 'ben', 'on it'],
			['note', 'ben', 'the fuse blew'],
			['resolved', 'ben', ''],
			['reopened', 'ada', ''],
		]);
		expect(await auditOf(id)).toEqual([
			'ada incident.open',
			'ben incident.acknowledge',
			'ben incident.note',
			'ben incident.resolve',
			'ada incident.reopen',
		]);
		expect(await draftIncidentPostMortem(ada, { id })).toContain('| ben | note: the fuse blew |');
		await resolveIncident(ada, { id });
	});

	it('gives roles, the last word on each counts, and shows the diagnosis that was kept', async () => {
		const { id } = await open();
		await assignIncidentRole(ada, { id, role: 'Lead', name: 'Ben' });
		await assignIncidentRole(ada, { id, role: 'lead', name: ' Cleo ' });
		await assignIncidentRole(ada, { id, role: 'scribe', name: 'Ben' });
		await assignIncidentRole(ada, { id, role: 'scribe' });
		await database.pool.query('update incident set diagnosis = $2 where id = $1', [
			id,
			JSON.stringify({
				roots: [{ message: 'The fuse blew.', cause: { text: 'No power', line: 4 }, proof: ['net.tcp refused'], fix: 'Replace it' }],
			}),
		]);
		const shown = await showIncident(ada, { id });
		expect(shown).toMatchObject({
			roles: [{ role: 'lead', name: 'Cleo' }],
			diagnosis: { causes: [{ message: 'The fuse blew.' }] },
			durations: { untilAcknowledgedMs: null },
		});
		const draft = await draftIncidentPostMortem(ada, { id });
		expect(draft).toContain('- **lead**: Cleo');
		expect(draft).toContain('- No power (line 4 of the runbook): The fuse blew.');
		await expect(assignIncidentRole(ada, { id, role: '7', name: 'Ben' })).rejects.toMatchObject({ code: 'invalid' });
		expect(await auditOf(id)).toEqual(['ada incident.open', ...Array.from({ length: 4 }, () => 'ada incident.role')]);
		await resolveIncident(ada, { id });
	});

	it('merging moves the monitors, and the other is as bad as the worse', async () => {
		const [first, second] = [await open('one'), await openIncident(ada, { service: 'bakery', title: 'two', severity: 'critical' })];
		await database.pool.query(
			"insert into transition (monitor_id, at, from_state, to_state, reason, incident_id) select id, now(), 'ok', 'fail', 'x', $1 from monitor where service = 'bakery'",
			[second.id],
		);
		expect(await mergeIncident(ben, { id: second.id, into: first.id })).toMatchObject({ state: 'merged', mergedInto: first.id });
		expect(await showIncident(ada, { id: first.id })).toMatchObject({ severity: 'critical', members: [{ key: 'http.health' }] });
		expect((await showIncident(ada, { id: second.id })).members).toEqual([]);
		expect(await auditOf(second.id)).toContain('ben incident.merge');
		expect((await listIncidents(ada, { service: 'bakery', state: 'open' })).map(({ id }) => id)).toEqual([first.id]);
	});
});

describe('a lost race is a conflict that says who was faster', () => {
	it('of ten that acknowledge at once one does', async () => {
		const { id } = await open();
		const tries = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => acknowledgeIncident(index === 0 ? ada : ben, { id })));
		expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		const refused = tries.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
		expect(refused.reason).toMatchObject({ code: 'conflict', message: expect.stringMatching(/it is acknowledged by (ada|ben)/) });
		expect(await auditOf(id)).toHaveLength(2);
	});

	it.each([
		['resolved', resolveIncident],
		['merged', (ctx: RecordContext, input: { id: number }) => mergeIncident(ctx, { ...input, into: 1 })],
	])('what is over cannot be %s', async (_, change) => {
		const { id } = await open();
		await resolveIncident(ben, { id });
		await expect(change(ada, { id })).rejects.toMatchObject({ code: 'conflict' });
		expect(await auditOf(id)).toHaveLength(2);
	});

	it('a cause that is open again is not reopened beside', async () => {
		const first = await open();
		await resolveIncident(ada, { id: first.id });
		await database.pool.query(
			'insert into incident (service, title, severity, cause_key, opened_at) select service, title, severity, cause_key, now() from incident where id = $1',
			[first.id],
		);
		await expect(reopenIncident(ada, { id: first.id })).rejects.toMatchObject({ code: 'conflict' });
	});
});

describe('what is not there, or belongs to another service, is not found', () => {
	it.each([
		['acknowledge', acknowledgeIncident],
		['resolve', resolveIncident],
		['reopen', reopenIncident],
		['note', (ctx: RecordContext, input: { id: number; service?: string }) => noteIncident(ctx, { ...input, text: 'x' })],
		['merge', (ctx: RecordContext, input: { id: number; service?: string }) => mergeIncident(ctx, { ...input, into: 1 })],
		[
			'role',
			(ctx: RecordContext, input: { id: number; service?: string }) => assignIncidentRole(ctx, { ...input, role: 'lead', name: 'x' }),
		],
		['show', showIncident],
	])('%s', async (_, operation) => {
		const { id } = await open();
		await expect(operation(ada, { id: 999_999 })).rejects.toMatchObject({ code: 'not_found' });
		await expect(operation(ada, { id, service: 'mill' })).rejects.toMatchObject({ code: 'not_found' });
		expect(await auditOf(id)).toEqual(['ada incident.open']);
	});

	it('a service that is not there has no incident', async () => {
		await expect(open('x', 'dairy')).rejects.toMatchObject({ code: 'not_found' });
	});

	it('of several services one has to be named', async () => {
		await expect(openIncident(ada, { title: 'x', severity: 'minor' })).rejects.toMatchObject({
			code: 'invalid',
			hint: expect.stringContaining('bakery, mill'),
		});
	});
});
