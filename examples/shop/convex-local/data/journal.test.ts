import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFunctionReference } from 'convex/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeOwn, openTrial, type Trial } from '../fixtures/open-trial.ts';
import { openJournal } from './journal.mjs';

const document = (name: string, value: number) => ({ [`1${name}`]: { _id: `1${name}`, _creationTime: 1, value } });

describe('a journal', () => {
	let folder = '';
	let file = '';
	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
		file = path.join(folder, 'documents.jsonl');
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const write = async (...commits: Parameters<Awaited<ReturnType<typeof openJournal>>['append']>[0][number][]) => {
		const journal = await openJournal(file);
		await journal.append(commits);
		await journal.close();
	};
	const read = async () => {
		const journal = await openJournal(file);
		await journal.close();
		return Object.keys(journal.documents);
	};

	it('has what was appended, less what was removed', async () => {
		await write(document('a', 1), document('b', 1));
		await write({ '1a': null }, document('c', 1));
		expect(await read()).toEqual(['1b', '1c']);
	});

	it.each([
		['half a line', '{"1b":{"_id":"1b","_crea'],
		['a line without its end that is no commit', '{"1b":'],
		['one byte', '{'],
		['half a letter', Buffer.from('{"1b":{"_id":"1b","text":"\u{1f6a2}').subarray(0, -2)],
	])('leaves out %s that a kill has left, and is whole again', async (_what, torn) => {
		await write(document('a', 1));
		appendFileSync(file, torn);
		expect(await read()).toEqual(['1a']);
		expect(readFileSync(file, 'utf8')).toMatch(/^\{[^\n]*\}\n$/);
		await write(document('c', 1));
		expect(await read()).toEqual(['1a', '1c']);
	});

	it('is as it was when a kill comes while it is written anew', async () => {
		await write(document('a', 1));
		writeFileSync(`${file}.next`, '{"1a":');
		expect(await read()).toEqual(['1a']);
		expect(readdirSync(folder)).toEqual(['documents.jsonl']);
	});

	it('does not open over damage that no kill makes, and names the line', async () => {
		await write(document('a', 1));
		const good = readFileSync(file, 'utf8');
		writeFileSync(file, `${good}{"1b":\n${good}`);
		await expect(openJournal(file)).rejects.toThrow(/documents\.jsonl:2 is no commit.*put back a copy/);
		expect(readFileSync(file, 'utf8')).toContain('{"1b":\n');
	});
});

describeOwn('a process that is killed in the midst of writes', 'kills the process', () => {
	const send = makeFunctionReference<'mutation', { room: string; text: string }, string>('messages:send');
	const list = makeFunctionReference<'query', { room: string }, { text: string }[]>('messages:list');
	const increment = makeFunctionReference<'mutation', { name: string }, number>('counters:increment');
	const value = makeFunctionReference<'query', { name: string }, number>('counters:value');
	let trial: Trial;
	beforeAll(async () => {
		trial = await openTrial();
	}, 60_000);
	afterAll(() => trial.close());

	it('has every write that it acknowledged, once, and none that nobody sent', { timeout: 120_000 }, async () => {
		const acknowledged: string[] = [];
		const sent = new Set<string>();
		for (let round = 0; round < 3; round++) {
			let alive = true;
			const writers = Array.from({ length: 6 }, async (_, writer) => {
				const http = trial.http();
				for (let turn = 0; alive; turn++) {
					const text = `${round}-${writer}-${turn}`;
					sent.add(text);
					try {
						await http.mutation(send, { room: 'kill', text });
						acknowledged.push(text);
					} catch {
						return;
					}
				}
			});
			const enough = acknowledged.length + 40 + round * 17;
			await expect.poll(() => acknowledged.length >= enough, { timeout: 20_000, interval: 1 }).toBe(true);
			await trial.kill();
			alive = false;
			await Promise.all(writers);
			await trial.start();
			const present = (await trial.http().query(list, { room: 'kill' })).map(({ text }) => text);
			const missing = acknowledged.filter((text) => !present.includes(text));
			expect(missing, `${acknowledged.length} acknowledged, ${present.length} present`).toEqual([]);
			expect(present.filter((text) => !sent.has(text))).toEqual([]);
			expect(new Set(present).size).toBe(present.length);
		}
		expect(acknowledged.length).toBeGreaterThan(100);
	});

	it('does once what a client sends again because the answer was lost', { timeout: 120_000 }, async () => {
		const client = trial.live();
		const many = 60;
		const answers = Array.from({ length: many }, () => client.mutation(increment, { name: 'once' }));
		for (const at of [7, 23]) {
			await answers[at];
			await trial.kill();
			await trial.start();
		}
		await Promise.all(answers);
		expect(await trial.http().query(value, { name: 'once' })).toBe(many);
	});

	it('runs afterwards what was scheduled before, once', { timeout: 60_000 }, async () => {
		await trial.call('mutation', { path: 'counters:schedule', args: { name: 'after', delayMs: 1500 } });
		await trial.kill();
		await trial.start();
		await expect.poll(() => trial.http().query(value, { name: 'after' }), { timeout: 20_000 }).toBe(1);
		await trial.kill();
		await trial.start();
		expect(await trial.http().query(value, { name: 'after' })).toBe(1);
	});

	it('is not the only one that tells its subscribers: they connect again', { timeout: 60_000 }, async () => {
		const client = trial.live();
		const rows = (count: number) =>
			new Promise<void>((done) => void client.onUpdate(list, { room: 'again' }, (found) => found.length === count && done()));
		await rows(0);
		await trial.kill();
		await trial.start();
		await trial.http().mutation(send, { room: 'again', text: 'two' });
		await rows(1);
	});
});
