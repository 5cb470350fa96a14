import { writeFileSync } from 'node:fs';
import { makeFunctionReference } from 'convex/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { describeOwn, openTrial, type Trial } from '../fixtures/open-trial.ts';
import type { DeploymentState } from './functions.d.ts';
import { createStateSwitch, runningState } from './state-switch.mjs';

const value = makeFunctionReference<'query', { name: string }, number>('counters:value');
const increment = makeFunctionReference<'mutation', { name: string }, number>('counters:increment');
const functionCalls = { metric: 'functionCalls', window: 'day', limitType: 'disable', limit: 1, enabled: true };
const query = { path: 'counters:value', args: { name: 'a' } };

describeOwn('a deployment that shows its errors', 'pauses it and writes its state file', () => {
	let trial: Trial;
	beforeAll(async () => {
		trial = await openTrial({ words: ['--show-errors'] });
	}, 60_000);
	afterAll(() => trial.close());

	const sentence = async () => String((await trial.call('query', query)).body.errorMessage);
	const restartWith = async (state: object) => {
		await trial.kill();
		writeFileSync(`${trial.dataFile}.state.json`, JSON.stringify({ ...runningState, ...state }));
		await trial.start();
	};

	it('has, while it is paused, no function, no HTTP action and no file; and system functions', async () => {
		expect((await trial.admin('/api/v1/pause_deployment', {})).status).toBe(200);
		expect(await sentence()).toContain('Cannot run functions while this deployment is paused. Resume the deployment');
		await expect(trial.http().query(value, { name: 'a' })).rejects.toThrow('is paused');
		await expect(trial.http().mutation(increment, { name: 'a' })).rejects.toThrow('is paused');
		const page = await fetch(`${trial.siteUrl}/hello`);
		expect([page.status, (await page.json()).code]).toEqual([500, expect.stringMatching(/^\[Request ID: \w+\] Server Error: .*paused/)]);
		const file = await fetch(`${trial.url}/api/storage/upload?token=x`, { method: 'POST' });
		expect([file.status, (await file.json()).code]).toEqual([400, 'BackendIsNotRunning']);
		expect((await fetch(`${trial.url}/version`)).status).toBe(200);
		expect(await trial.system('frontend/backendState:backendState')).toEqual({ system: 'none', usage_limit: 'none', user: 'paused' });
		expect(await trial.system('frontend/deploymentState:deploymentState')).toEqual({ state: 'paused' });
	});

	it('resumes, once', async () => {
		expect((await trial.admin('/api/v1/unpause_deployment', {})).status).toBe(200);
		const again = await trial.admin('/api/v1/unpause_deployment', {});
		expect([again.status, (await again.json()).code]).toEqual([400, 'UnpauseDeploymentFailed']);
		expect(await trial.http().query(value, { name: 'a' })).toBe(0);
	});

	it('tells a subscriber that it is paused, and that it is not', async () => {
		const client = trial.live();
		const seen: unknown[] = [];
		const heard = (what: (last: unknown) => boolean) => expect.poll(() => what(seen.at(-1)), { timeout: 10_000, interval: 20 }).toBe(true);
		client.onUpdate(
			value,
			{ name: 'a' },
			(found) => seen.push(found),
			(error) => seen.push(error.message),
		);
		await heard((last) => last === 0);
		await trial.admin('/api/v1/pause_deployment', {});
		await heard((last) => typeof last === 'string' && last.includes('paused'));
		await trial.admin('/api/v1/unpause_deployment', {});
		await heard((last) => last === 0);
	});

	it('lets what is scheduled wait while it is paused', async () => {
		await trial.call('mutation', { path: 'counters:schedule', args: { name: 'later', delayMs: 200 } });
		await trial.admin('/api/v1/pause_deployment', {});
		const waiting = async () => ((await trial.system('frontend/paginatedScheduledJobs')) as { page: { udfPath: string }[] }).page;
		await new Promise((done) => setTimeout(done, 500));
		expect((await waiting()).map(({ udfPath }) => udfPath)).toEqual(['counters:incrementInside']);
		await trial.admin('/api/v1/unpause_deployment', {});
		await expect.poll(() => trial.http().query(value, { name: 'later' }), { timeout: 10_000 }).toBe(1);
		expect(await waiting()).toEqual([]);
	});

	it('is disabled above a usage limit, which is told in a state of its own', async () => {
		const { usageLimit } = await (await trial.admin('/api/v1/create_usage_limit', functionCalls)).json();
		expect(await sentence()).toContain('This deployment has been disabled because it exceeded a configured usage limit.');
		expect(await trial.system('frontend/backendState:backendState')).toEqual({ system: 'none', usage_limit: 'disabled', user: 'none' });
		expect(await trial.system('frontend/deploymentState:deploymentState')).toEqual({ state: 'running' });
		const raised = { ...functionCalls, limit: 1_000_000 };
		expect((await trial.admin(`/api/v1/update_usage_limit/${usageLimit.id}`, raised)).status).toBe(200);
		expect(await trial.http().query(value, { name: 'a' })).toBe(0);
		expect((await trial.admin(`/api/v1/delete_usage_limit/${usageLimit.id}`, {})).status).toBe(200);
	});

	it('that the vendor suspended says so, and cannot be paused', async () => {
		await restartWith({ system: 'suspended', user: 'paused' });
		expect(await sentence()).toContain('Cannot run functions while this deployment is suspended.');
		const paused = await trial.admin('/api/v1/pause_deployment', {});
		expect([paused.status, (await paused.json()).code]).toEqual([400, 'PauseDeploymentFailed']);
		expect(await trial.system('frontend/deploymentState:deploymentState')).toEqual({ state: 'suspended' });
	});

	it('that is to fail answers every call with the code, and closes a socket with it', async () => {
		await restartWith({ failing: 'CommitterFullError' });
		expect(await trial.call('query', query)).toMatchObject({
			status: 503,
			body: { code: 'CommitterFullError', message: expect.any(String) },
		});
		await expect(trial.http().query(value, { name: 'a' })).rejects.toThrow('CommitterFullError');
		expect((await fetch(`${trial.siteUrl}/hello`)).status).toBe(503);
		expect(await trial.system('frontend/backendState:backendState')).toMatchObject({ user: 'none' });
		const socket = new WebSocket(`${trial.url.replace('http', 'ws')}/api/1.48.0/sync`);
		const closed = new Promise((done) => socket.once('close', (code, reason) => done([code, reason.toString()])));
		await new Promise((done) => socket.once('open', done));
		const add = { type: 'Add', queryId: 0, udfPath: 'counters:value', args: [{ name: 'a' }] };
		socket.send(JSON.stringify({ type: 'ModifyQuerySet', baseVersion: 0, newVersion: 1, modifications: [add] }));
		expect(await closed).toEqual([1013, 'CommitterFullError']);
	});

	it('has what it had when all is well again', async () => {
		await restartWith({});
		expect(await trial.http().query(value, { name: 'later' })).toBe(1);
	});

	it('does not start for a failure that nobody knows', async () => {
		await expect(restartWith({ failing: 'TooTired' })).rejects.toThrow(
			/asks for the failure "TooTired". Expected null or one of .*WorkerOverloaded/,
		);
	});
});

describeOwn('a deployment in production', 'writes its state file', () => {
	it('says of its state nothing but that a function failed', async () => {
		const trial = await openTrial({ state: { ...runningState, user: 'paused' } });
		const { status, body } = await trial.call('query', query);
		const page = await fetch(`${trial.siteUrl}/hello`);
		const told = await page.json();
		await trial.close();
		expect([status, body]).toEqual([200, { status: 'error', errorMessage: expect.stringMatching(/^\[Request ID: \w+\] Server Error$/) }]);
		expect([page.status, told]).toEqual([500, { code: expect.stringMatching(/^\[Request ID: \w+\] Server Error$/) }]);
	}, 60_000);
});

describe('of several states', () => {
	const limit = { id: 'l', name: null, metric: 'functionCalls', window: 'day', limitType: 'disable', limit: 1, enabled: true } as const;
	const all: Partial<DeploymentState> = { system: 'suspended', user: 'paused', limits: [limit] };

	it.each<[string, Partial<DeploymentState>, RegExp | undefined]>([
		['over the free plan', { ...all, system: 'disabled' }, /exceeded the free plan limits/],
		['over the spending limits', { ...all, system: 'disabled', plan: 'paid' }, /exceeded your spending limits/],
		['over a usage limit', all, /exceeded a configured usage limit/],
		['suspended', { ...all, limits: [] }, /is suspended/],
		['suspended, with a limit that only warns', { ...all, limits: [{ ...limit, limitType: 'warning' }] }, /is suspended/],
		['paused', { user: 'paused' }, /is paused/],
		['none', {}, undefined],
	])('the first is told: %s', (_what, state, words) => {
		const usage = { add: () => {}, used: () => 2, save: () => {} };
		const committer = { version: () => 0, isCurrent: () => true, invalidate: () => {}, commit: async () => {}, idle: async () => {} };
		const { refusal } = createStateSwitch({ value: { ...runningState, ...state }, save: () => {} }, { usage, committer });
		expect(refusal()).toEqual(words === undefined ? undefined : expect.stringMatching(words));
	});
});
