import { makeFunctionReference } from 'convex/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOwn, openTrial, type Trial } from '../../fixtures/open-trial.ts';

const ping = makeFunctionReference<'query', { name: string }, number>('counters:value');
let trial: Trial;

beforeAll(async () => {
	trial = await openTrial();
}, 60_000);
afterAll(() => trial.close());

const json = async (at: string, body?: object) => (await trial.admin(at, body)).json();
interface AuditPage {
	readonly items: { readonly action: string; readonly createTime: number; readonly metadata: object }[];
	readonly pagination: { readonly hasMore: boolean; readonly nextCursor: string | null };
}
const auditPage = (query: string): Promise<AuditPage> => json(`/api/v1/list_audit_log_events?${query}`);

describeOwn('the deployment says of itself', 'counts all calls, and restarts it', () => {
	it('what it is and where it is', async () => {
		expect(await json('/api/v1/deployment_info')).toEqual({ kind: 'selfHosted' });
		expect(await json('/api/v1/get_canonical_urls')).toEqual({ convexCloudUrl: trial.url, convexSiteUrl: trial.siteUrl });
		for (const path of ['/version', '/instance_version', '/instance_name'])
			expect([path, await (await fetch(trial.url + path)).text()]).toEqual([path, 'convex-local']);
	});

	it('when its functions were pushed last, which a restart with the same is not', async () => {
		const pushed = (await trial.system('frontend/deploymentEvents:lastPushEvent')) as { action: string; _creationTime: number };
		expect(pushed.action).toBe('push_config_with_components');
		expect(Date.now() - pushed._creationTime).toBeLessThan(60_000);
		await trial.kill();
		await trial.start();
		expect(await trial.system('frontend/deploymentEvents:lastPushEvent')).toMatchObject({ _creationTime: pushed._creationTime });
	});

	it('what was used in this day and month', async () => {
		const before = (await json('/api/v1/get_current_usage')).metrics;
		for (let time = 0; time < 3; time++) await trial.http().query(ping, { name: String(time) });
		const { metrics, seedStatus } = await json('/api/v1/get_current_usage');
		const { current_day, current_month } = metrics.functionCalls.usage;
		const earlier = before.functionCalls.usage.current_day;
		expect([metrics.functionCalls.unit, current_day - earlier, current_month >= current_day, seedStatus]).toEqual([
			'calls',
			3,
			true,
			'complete',
		]);
		expect(metrics.dataEgressGb.usage.current_day).toBeGreaterThan(before.dataEgressGb.usage.current_day);
	});
});

describeOwn('the audit log', 'pauses it', () => {
	it('tells what was changed, with names of variables and without their values', async () => {
		const from = Date.now();
		const change = (value: string | null) =>
			trial.admin('/api/v1/update_environment_variables', { changes: [{ name: 'TRIAL_SECRET', value }] });
		await change('a value nobody should read');
		await change('another one');
		await change(null);
		await trial.admin('/api/v1/pause_deployment', {});
		await trial.admin('/api/v1/pause_deployment', {});
		await trial.admin('/api/v1/unpause_deployment', {});
		const { items } = await auditPage(`from=${from}`);
		expect(items.map(({ action }) => action)).toEqual([
			'create_environment_variable',
			'update_environment_variable',
			'delete_environment_variable',
			'pause_deployment',
			'unpause_deployment',
		]);
		expect(items[0]?.metadata).toEqual({ variable_name: 'TRIAL_SECRET' });
		expect(JSON.stringify(items)).not.toMatch(/nobody should read|another one/);
	});

	it('is read page by page', async () => {
		const first = await auditPage('from=0&limit=2');
		expect([first.items.length, first.pagination.hasMore]).toEqual([2, true]);
		const second = await auditPage(`from=0&limit=2&cursor=${first.pagination.nextCursor}`);
		expect(second.items[0]?.createTime).toBeGreaterThanOrEqual(first.items[1]?.createTime ?? Number.POSITIVE_INFINITY);
		expect((await auditPage('from=0&limit=100')).pagination).toEqual({ hasMore: false, nextCursor: null });
	});
});

describeOwn('a usage limit', 'sets limits that stop the deployment', () => {
	const good = { metric: 'functionCalls', window: 'day', limitType: 'warning', limit: 10, enabled: true };

	it.each([
		['a metric that nobody measures', { metric: 'smiles' }, 'InvalidUsageLimitMetric'],
		['a window of another length', { window: 'year' }, 'InvalidUsageLimitWindow'],
		['a type that nobody knows', { limitType: 'shout' }, 'InvalidUsageLimitType'],
	])('is refused with %s', async (_what, wrong, code) => {
		const answer = await trial.admin('/api/v1/create_usage_limit', { ...good, ...wrong });
		expect([answer.status, (await answer.json()).code]).toEqual([400, code]);
	});

	it('that is not there cannot be changed or deleted', async () => {
		for (const verb of ['update', 'delete']) {
			const answer = await trial.admin(`/api/v1/${verb}_usage_limit/nowhere`, good);
			expect([answer.status, (await answer.json()).code]).toEqual([404, 'UsageLimitNotFound']);
		}
	});
});

describeOwn('nothing of this', 'compares codes that differ in the cloud', () => {
	it.each([
		'/api/v1/get_current_usage',
		'/api/v1/list_environment_variables',
		'/api/v1/list_audit_log_events?from=0',
		'/api/stream_function_logs?cursor=0',
		'/api/export/zip/1',
		'/api/app_metrics/udf_rate',
		'/api/nowhere',
	])('%s is for anybody without a key', async (path) => {
		const answer = await fetch(trial.url + path);
		expect([answer.status, (await answer.json()).code]).toEqual([401, 'Unauthenticated']);
	});
});
