import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliFile, describeOwn, openTrial, type Trial } from './fixtures/open-trial.ts';

/** One call of the CLI takes a second alone, and more beside others. */
const CLI_MS = 90_000;
const room = `cli-${Date.now()}`;
let trial: Trial;

beforeAll(async () => {
	trial = await openTrial();
	await trial.call('mutation', { path: 'messages:send', args: { room, text: 'one' } });
}, 60_000);
afterAll(() => trial.close());

describe('the official CLI', () => {
	it('sets, gets and lists a variable', { timeout: 3 * CLI_MS }, async () => {
		await trial.cli('env', 'set', 'HOLDFAST_TRIAL', 'yes');
		expect(await trial.cli('env', 'get', 'HOLDFAST_TRIAL')).toContain('yes');
		expect(await trial.cli('env', 'list')).toContain('HOLDFAST_TRIAL');
	});

	it('runs a function', { timeout: CLI_MS }, async () => {
		expect(await trial.cli('run', 'messages:list', JSON.stringify({ room }))).toContain('one');
	});

	it('shows tables and their documents', { timeout: 2 * CLI_MS }, async () => {
		expect(await trial.cli('data')).toContain('messages');
		expect(await trial.cli('data', 'messages', '--limit', '1', '--order', 'desc')).toContain('_creationTime');
	});

	it('describes functions and routes', { timeout: CLI_MS }, async () => {
		const { functions } = JSON.parse(await trial.cli('function-spec'));
		expect(functions).toContainEqual(expect.objectContaining({ identifier: 'messages.js:list', functionType: 'Query' }));
		expect(functions).toContainEqual({ functionType: 'HttpAction', method: 'GET', path: '/hello' });
	});

	it('exports, and imports what it exported, whole and broken numbers apart', { timeout: 3 * CLI_MS }, async () => {
		const store = { path: 'limits:store', args: [{ whole: { $integer: 'BwAAAAAAAAA=' }, floating: 7 }], format: 'convex_encoded_json' };
		await trial.call('mutation', store);
		const file = path.join(trial.folder, 'snapshot.zip');
		await trial.cli('export', '--path', file);
		const exported = unzipSync(readFileSync(file));
		expect(Buffer.from(exported['numbers/documents.jsonl'] ?? []).toString('utf8')).toMatch(
			/"floating":7\.0,"whole":7|"whole":7,"floating":7\.0/,
		);
		await trial.cli('import', '--replace', '--yes', file);
		expect(await trial.cli('data', 'numbers', '--format', 'jsonl')).toMatch(/7n|\$integer|"7"/);
	});

	it('imports lines into a table', { timeout: 2 * CLI_MS }, async () => {
		const file = path.join(trial.folder, 'lines.jsonl');
		writeFileSync(file, `${JSON.stringify({ room: `${room}-lines`, text: 'imported' })}\n`);
		await trial.cli('import', '--append', '--yes', '--table', 'messages', file);
		expect(await trial.cli('run', 'messages:list', JSON.stringify({ room: `${room}-lines` }))).toContain('imported');
	});

	it('follows the log', { timeout: CLI_MS }, async () => {
		const logs = spawn(process.execPath, [cliFile, 'logs', '--history', '20', '--success'], {
			cwd: trial.folder,
			env: trial.cliEnvironment(),
		});
		const seen = await new Promise<string>((done) => {
			let text = '';
			for (const stream of [logs.stdout, logs.stderr])
				stream.on('data', (data) => {
					text += data;
					if (text.includes('messages:')) done(text);
				});
		});
		logs.kill('SIGKILL');
		expect(seen).toContain('messages:');
	});
});

describeOwn('with limits of its own the official CLI', 'sets limits that stop the deployment', () => {
	it('makes, lists and deletes one, and shows the usage', { timeout: 4 * CLI_MS }, async () => {
		const limit = ['--metric', 'functionCalls', '--window', 'month', '--type', 'warning'];
		await trial.cli('deployment', 'usage-limits', 'set', ...limit, '--limit', '1000');
		expect(await trial.cli('deployment', 'usage-limits', 'list')).toMatch(/Function calls.*1K calls/);
		await trial.cli('deployment', 'usage-limits', 'remove', ...limit);
		expect(await (await trial.admin('/api/v1/list_usage_limits')).json()).toEqual({ usageLimits: [] });
		expect(await trial.cli('deployment', 'usage')).toContain('Function calls');
	});
});
