import { makeFunctionReference } from 'convex/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOwn, openTrial, type Trial } from '../../fixtures/open-trial.ts';

const value = makeFunctionReference<'query', { name: string }, number>('counters:value');
const refuse = makeFunctionReference<'mutation', { plain: boolean }>('messages:refuse');
let trial: Trial;

beforeAll(async () => {
	trial = await openTrial();
	for (const name of ['a', 'a', 'a', 'b']) await trial.http().query(value, { name });
	await trial
		.http()
		.mutation(refuse, { plain: true })
		.catch(() => {});
}, 60_000);
afterAll(() => trial.close());

type Series = [{ secs_since_epoch: number }, number | null][];

async function ask(name: string, query: Record<string, string>, buckets = 1) {
	const seconds = Math.floor(Date.now() / 1000);
	const at = (secs_since_epoch: number) => ({ secs_since_epoch, nanos_since_epoch: 0 });
	const window = JSON.stringify({ start: at(seconds - 60), end: at(seconds + 60), num_buckets: buckets });
	const answer = await trial.admin(`/api/app_metrics/${name}?${new URLSearchParams({ ...query, window })}`);
	return { status: answer.status, json: await answer.json() };
}
const only = (series: Series) => series.map(([, figure]) => figure);

describeOwn('figures over time', 'counts all calls', () => {
	it.each([
		['invocations', 4 / 120],
		['cacheHits', 2 / 120],
		['cacheMisses', 2 / 120],
		['errors', null],
	])('of %s are by second', async (metric, figure) => {
		const { json } = await ask('udf_rate', { path: 'counters:value', metric, udfType: 'Query' });
		expect(only(json)).toEqual([figure === null ? null : expect.closeTo(figure, 5)]);
	});

	it('of the cache and of failures are percentages', async () => {
		expect(only((await ask('cache_hit_percentage', { path: 'counters:value' })).json)).toEqual([50]);
		const { json } = await ask('failure_percentage_top_k', { k: '3' });
		expect(new Map(json.map(([name, series]: [string, Series]) => [name, only(series)]))).toEqual(
			new Map([
				['counters:value', [0]],
				['messages:refuse', [100]],
			]),
		);
	});

	it('of time are seconds at percentiles', async () => {
		const { json } = await ask('latency_percentiles', { path: 'counters:value', percentiles: '[50,99]' });
		const [[fifty, half], [ninetyNine, most]] = json as [[number, Series], [number, Series]];
		expect([fifty, ninetyNine]).toEqual([50, 99]);
		expect(only(most)[0]).toBeGreaterThanOrEqual(only(half)[0] ?? Number.POSITIVE_INFINITY);
	});

	it('are null where nothing happened, in as many buckets as were asked for', async () => {
		const { json } = await ask('udf_rate', { path: 'counters:value', metric: 'invocations' }, 120);
		expect(json).toHaveLength(120);
		expect(only(json).filter((figure) => figure !== null).length).toBeLessThan(120);
	});

	it.each([
		['no window', 'udf_rate?metric=invocations&path=x'],
		['an unknown metric', 'udf_rate?metric=smiles&path=x'],
	])('are refused with %s', async (_what, path) => {
		expect((await trial.admin(`/api/app_metrics/${path}`)).status).toBe(400);
	});
});
